//! The file receiver: one durable line per notice, below one folder.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use evenkeel_model::{FileReceiver, Transport};

use crate::{AMPLE, integration, notice, sender_in, shown};

async fn send(folder: &Path, path: &str) -> String {
    let transport = Transport::File(FileReceiver { path: path.into() });
    shown(&sender_in(folder).send(&integration(transport), &notice(), AMPLE).await, &[])
}

#[tokio::test]
async fn each_notice_is_one_line_that_only_we_can_read() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(send(folder.path(), "web/pages.jsonl").await, "delivered");
    assert_eq!(send(folder.path(), "web/pages.jsonl").await, "delivered");
    let path = folder.path().join("notices/web/pages.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    let begin = r#"{"notice":"notice:7","idempotencyKey":"0123456789abcdef","receiver":"team web","status":"firing","#;
    assert!(lines[0].starts_with(begin), "{text}");
    assert!(lines[1].ends_with(r#""version":"4","groupKey":"{}:{alertname=\"HighLatency\"}","truncatedAlerts":0}"#));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn no_path_leads_outside() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["../out", "a/../../out", "/etc/out", "", ".", "..", "a/.."] {
        let outcome = send(folder.path(), path).await;
        let expect = format!("no retry: notice file `{path}`: open: not a path below the notices folder");
        assert_eq!(outcome, expect, "{path}");
    }
    assert!(!folder.path().join("out").exists());
}

#[tokio::test]
async fn no_link_leads_outside() {
    let folder = tempfile::tempdir().unwrap();
    let (notices, outside) = (folder.path().join("notices"), folder.path().join("outside"));
    std::fs::create_dir_all(&notices).unwrap();
    std::fs::create_dir_all(&outside).unwrap();
    symlink(&outside, notices.join("folder")).unwrap();
    symlink(outside.join("target"), notices.join("file")).unwrap();
    std::fs::create_dir(notices.join("taken")).unwrap();
    for path in ["folder/x", "file", "taken"] {
        let outcome = send(folder.path(), path).await;
        assert!(outcome.starts_with(&format!("no retry: notice file `{path}`: open: ")), "{outcome}");
    }
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_may_be_there_later() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notices"), "a file").unwrap();
    let outcome = send(folder.path(), "x").await;
    assert!(outcome.starts_with("retry: notice file `x`: open: "), "{outcome}");
}

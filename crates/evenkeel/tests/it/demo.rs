//! `evenkeel demo --headless` as a newcomer's CI would run it, and what it leaves behind: nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder for temporary files that is this test's alone, so what is left in it is the demo's.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("demo-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn demo(scratch: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evenkeel"))
        .arg("demo")
        .args(args)
        .env_clear()
        .env("TMPDIR", scratch)
        .stdin(Stdio::null())
        .output()
        .expect("the demo runs")
}

/// Processes whose environment names the folder: children inherit it.
fn processes_of(scratch: &Path) -> Vec<String> {
    let wanted = format!("TMPDIR={}", scratch.display());
    let names_it = |folder: &Path| {
        let environment = fs::read(folder.join("environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|entry| entry == wanted.as_bytes())
    };
    let entries = fs::read_dir("/proc").expect("processes").filter_map(Result::ok);
    entries.filter(|entry| names_it(&entry.path())).map(|entry| entry.file_name().display().to_string()).collect()
}

fn left_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder").filter_map(Result::ok);
    entries.map(|entry| entry.file_name().display().to_string()).collect()
}

#[test]
fn headless_plays_it_through_and_leaves_nothing_behind() {
    let scratch = scratch("headless");
    let output = demo(&scratch, &["--headless"]);
    let said = String::from_utf8_lossy(&output.stdout);
    let report: Value = serde_json::from_str(&said).expect("one JSON object and nothing else");
    assert_eq!(report["ok"], true, "{report:#}");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "nothing to warn of");
    for time in ["detect_ms", "notify_ms", "resolve_ms", "notify_resolved_ms", "outage_ms"] {
        let ms = report[time].as_u64().unwrap_or_else(|| panic!("{time} is a number: {report:#}"));
        assert!(ms < 10_000, "{time} is {ms}");
    }
    assert!(report["detect_ms"].as_u64() <= report["notify_ms"].as_u64());
    assert!(report["resolve_ms"].as_u64() <= report["notify_resolved_ms"].as_u64());
    for claim in ["chain_verified", "restart_kept_alert"] {
        assert_eq!(report[claim], true, "{claim}");
    }
    let parts = report["parts"].as_object().expect("parts");
    assert!(parts.len() == 15 && parts.values().all(|part| *part == true), "{parts:?}");
    assert!(report["notices"].as_u64() >= Some(2));
    assert_eq!(report["records"], report["head_seq"]);
    assert_eq!(report["head_hash"].as_str().map(str::len), Some(64));
    let shoppers = &report["shoppers"];
    assert!(shoppers["good"].as_u64() > Some(0) && shoppers["failed_during_outage"].as_u64() > Some(0), "{shoppers}");
    assert_eq!(left_in(&scratch), Vec::<String>::new(), "temporary folders");
    assert_eq!(processes_of(&scratch), Vec::<String>::new(), "processes");
    fs::remove_dir_all(&scratch).expect("removed");
}

#[test]
fn a_folder_that_holds_something_is_not_taken() {
    let scratch = scratch("taken");
    fs::write(scratch.join("diary.txt"), "mine").expect("written");
    let output = demo(&scratch, &["--headless", "--keep", scratch.to_str().expect("a text")]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("is not empty; name an empty folder or one that is not there"), "{said}");
    assert_eq!(left_in(&scratch), ["diary.txt"]);
    fs::remove_dir_all(&scratch).expect("removed");
}

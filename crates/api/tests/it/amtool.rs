//! Alertmanager's own command line tool against the router on a loopback port, where that tool is installed.

use std::path::{Path, PathBuf};
use std::process::Output;

use tokio::net::TcpListener;
use tokio::process::Command;

use crate::bench::{Bench, owner};

const AMTOOL: &str = "/usr/bin/amtool";

struct Amtool {
    url: String,
    /// Names the file with the owner's token.
    config: PathBuf,
}

impl Amtool {
    async fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(AMTOOL);
        command.env_clear().arg(format!("--alertmanager.url={}", self.url));
        command.arg(format!("--http.config.file={}", self.config.display())).args(arguments);
        command.output().await.expect("amtool runs")
    }

    /// What it printed; it has to succeed.
    async fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What it complained about; it has to fail.
    async fn complains(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        assert!(!output.status.success(), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

#[tokio::test]
#[expect(clippy::print_stderr, reason = "says why nothing was tested")]
async fn amtool_adds_queries_silences_and_expires() {
    if !Path::new(AMTOOL).exists() {
        eprintln!("skipped: amtool is not installed");
        return;
    }
    for prefix in ["", "/alertmanager"] {
        let bench = Bench::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let service = bench.service();
        let server = tokio::spawn(async move { axum::serve(listener, service).await });
        let folder = tempfile::tempdir().expect("a folder");
        let config = http_config(folder.path());
        session(&Amtool { url: format!("http://{address}{prefix}"), config }).await;
        server.abort();
    }
}

/// A file of HTTP settings as amtool reads them, and one with the token beside it.
#[expect(clippy::disallowed_methods, reason = "amtool reads files")]
fn http_config(folder: &Path) -> PathBuf {
    let (token, config) = (folder.join("token"), folder.join("http.yml"));
    std::fs::write(&token, owner()).expect("the token is written");
    let text = format!("authorization:\n  credentials_file: {}\n", token.display());
    std::fs::write(&config, text).expect("the settings are written");
    config
}

async fn session(amtool: &Amtool) {
    let add = ["alert", "add", "alertname=Down", "severity=page", "--annotation=summary=it is down"];
    amtool.says(&[&add[..], &["--start=2026-01-02T03:00:00Z"]].concat()).await;
    amtool.says(&["alert", "add", "Other", "severity=info", "cluster=b"]).await;
    let listed = amtool.says(&["alert", "query", "-o", "extended"]).await;
    assert!(listed.contains("alertname=\"Down\"") && listed.contains("alertname=\"Other\""), "{listed}");
    assert!(listed.contains("it is down"), "{listed}");
    let listed = amtool.says(&["alert", "query", "severity=page"]).await;
    assert!(listed.contains("Down") && !listed.contains("Other"), "{listed}");

    // amtool itself leaves out what ended by the machine's clock, so the end is far away.
    let times = ["--start=2026-01-02T03:00:00Z", "--end=2199-01-02T05:00:00Z"];
    let words = ["silence", "add", "--author=me", "--comment=known", "alertname=~Do.*"];
    let id = amtool.says(&[&words[..], &times[..]].concat()).await;
    let id = id.trim();
    assert_eq!(id.len(), 36, "{id}");
    let listed = amtool.says(&["silence", "query"]).await;
    assert!(listed.contains(id) && listed.contains("alertname=~\"Do.*\"") && listed.contains("known"), "{listed}");
    let listed = amtool.says(&["alert", "query"]).await;
    assert!(!listed.contains("Down") && listed.contains("Other"), "{listed}");
    let listed = amtool.says(&["alert", "query", "--silenced"]).await;
    assert!(listed.contains("Down") && !listed.contains("Other"), "{listed}");
    let updated = amtool.says(&["silence", "update", id, "--comment=better", "--end=2199-01-02T06:00:00Z"]).await;
    assert!(updated.contains("better"), "{updated}");

    amtool.says(&["silence", "expire", id]).await;
    let listed = amtool.says(&["silence", "query"]).await;
    assert!(!listed.contains(id), "{listed}");
    let listed = amtool.says(&["silence", "query", "--expired", "-q"]).await;
    assert!(listed.contains(id), "{listed}");
    let complaint = amtool.complains(&["silence", "expire", id]).await;
    assert!(complaint.contains("400"), "{complaint}");
    let complaint = amtool.complains(&["silence", "expire", "nonsense"]).await;
    assert!(complaint.contains("422"), "{complaint}");

    let config = amtool.says(&["config", "show"]).await;
    assert!(config.contains("receiver: team"), "{config}");
    let routed = amtool.says(&["config", "routes", "test", "severity=page"]).await;
    assert_eq!(routed.trim(), "team");
    let cluster = amtool.says(&["cluster", "show"]).await;
    assert!(cluster.contains("disabled"), "{cluster}");
    let complaint = amtool.complains(&["alert", "query", "alertname=Down", "severity=~("]).await;
    assert!(!complaint.is_empty());
}

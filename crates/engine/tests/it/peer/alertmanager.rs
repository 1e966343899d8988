//! One Alertmanager process with a folder of its own.

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use evenkeel_engine::{IncomingAlert, IncomingSilence};
use evenkeel_labels::{LabelSet, MatchOp};
use serde_json::{Value, json};

use super::PEER;
use super::http::request;

/// Longer than this it does not take to be ready, however slow the machine.
const READY_WITHIN: Duration = Duration::from_secs(15);

/// A running Alertmanager; ends when dropped.
#[derive(Debug)]
pub(super) struct Alertmanager {
    process: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Alertmanager {
    /// Starts one and waits until it is ready.
    pub(super) fn start(config: &str) -> Result<Self, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("alertmanager.yml");
        fs::write(&file, config).expect("written");
        let port = free_port();
        let process = Command::new(PEER)
            .arg(format!("--config.file={}", file.display()))
            .arg(format!("--storage.path={}", folder.path().display()))
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .arg("--cluster.listen-address=")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the peer starts");
        let mut started = Self { process, port, _folder: folder };
        started.wait_until_ready()?;
        Ok(started)
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + READY_WITHIN;
        while !matches!(request(self.port, "GET", "/-/ready", ""), Ok((200, _))) {
            if Instant::now() > deadline || self.process.try_wait().is_ok_and(|ended| ended.is_some()) {
                return Err("the peer was not ready".to_owned());
            }
            thread::sleep(Duration::from_millis(50));
        }
        // Somebody answers; that it is this one and no other on the same port shows in that it runs.
        let runs = self.process.try_wait().is_ok_and(|ended| ended.is_none());
        if runs { Ok(()) } else { Err("the peer's port was taken".to_owned()) }
    }

    /// Hands alerts in.
    pub(super) fn push(&self, alerts: &[IncomingAlert]) {
        let body: Vec<Value> = alerts.iter().map(pushed).collect();
        self.post("/api/v2/alerts", &Value::from(body));
    }

    /// Sets a new silence; gives its id.
    pub(super) fn silence(&self, silence: &IncomingSilence) -> String {
        let matchers = silence.matchers.0.iter().map(|matcher| {
            let (regex, equal) = match matcher.op() {
                MatchOp::Equal => (false, true),
                MatchOp::NotEqual => (false, false),
                MatchOp::Regex => (true, true),
                MatchOp::NotRegex => (true, false),
            };
            json!({"name": matcher.name(), "value": matcher.value(), "isRegex": regex, "isEqual": equal})
        });
        let body = json!({
            "matchers": matchers.collect::<Vec<_>>(),
            "startsAt": silence.starts_at.to_string(),
            "endsAt": silence.ends_at.to_string(),
            "createdBy": silence.created_by,
            "comment": silence.comment,
        });
        let answer: Value = serde_json::from_str(&self.post("/api/v2/silences", &body)).expect("an answer");
        answer["silenceID"].as_str().expect("an id").to_owned()
    }

    /// Ends a silence.
    pub(super) fn expire(&self, id: &str) {
        let answer = request(self.port, "DELETE", &format!("/api/v2/silence/{id}"), "").expect("an answer");
        assert_eq!(answer.0, 200, "{}", answer.1);
    }

    fn post(&self, path: &str, body: &Value) -> String {
        let (status, text) = request(self.port, "POST", path, &body.to_string()).expect("an answer");
        assert_eq!(status, 200, "{text}");
        text
    }
}

/// A port that is free and that no other peer of this program was given: they start at the same time.
fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        if GIVEN.lock().expect("nobody panics while holding it").insert(port) {
            return port;
        }
    }
}

impl Drop for Alertmanager {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn pushed(alert: &IncomingAlert) -> Value {
    let map =
        |labels: &LabelSet| labels.iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect::<Value>();
    let mut body = json!({"labels": map(&alert.labels), "annotations": map(&alert.annotations)});
    for (name, at) in [("startsAt", alert.starts_at), ("endsAt", alert.ends_at)] {
        if let Some(at) = at {
            body[name] = at.to_string().into();
        }
    }
    body
}

//! Who may do what, in the real program: keys that others cannot read, tokens that outlive a crash, a browser logged in.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::alerts::firing;
use crate::http::{self, Answer};
use crate::place::{Place, everything_to};
use crate::record;
use crate::server::{Server, owner_token};

const NOWHERE: &str = "http://127.0.0.1:9/hook";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("the mode is set");
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn ask(server: &Server, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    http::send_with(server.address(), method, path, headers, b"").expect("an answer")
}

fn who(server: &Server, token: &str) -> (u16, String) {
    let bearer = format!("Bearer {token}");
    let answer = ask(server, "GET", "/api/v1/whoami", &[("Authorization", &bearer)]);
    (answer.status, answer.json()["actor"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn what_is_secret_is_made_for_its_owner_alone_and_kept() {
    let place = Place::new(&everything_to(NOWHERE));
    let server = Server::start(&place);
    let token = server.owner_token();
    assert_eq!(who(&server, &token), (200, "owner".into()));
    let (_, log) = server.stop();
    assert!(log.contains("evenkeel token login --data "), "it says how to log in: {log}");
    assert!(!log.contains(&token), "a command, not a secret");
    assert_eq!(mode(place.data()), 0o700);
    for name in ["owner-token", "link-key", "journal-key", "journal.db"] {
        assert_eq!(mode(&place.data().join(name)), 0o600, "{name}");
    }
    let key = fs::read(place.data().join("link-key")).expect("read");
    let again = Server::start(&place);
    assert_eq!(again.owner_token(), token);
    assert_eq!(fs::read(place.data().join("link-key")).expect("read"), key);
}

#[test]
fn nothing_is_served_while_others_can_read_what_is_secret() {
    let place = Place::new(&everything_to(NOWHERE));
    Server::start(&place).stop();
    let secrets: Vec<PathBuf> = ["owner-token", "link-key", "journal-key", "journal.db"]
        .into_iter()
        .map(|name| place.data().join(name))
        .chain(files(&place.data().join("plan-secrets")))
        .collect();
    assert_eq!(secrets.len(), 5, "{secrets:?}");
    for path in &secrets {
        for open in [0o640, 0o604] {
            chmod(path, open);
            let (status, log) = Server::launch(&place, &[]).ended();
            assert_eq!(status.code(), Some(3), "{log}");
            assert!(log.contains(&format!("chmod go-rwx '{}'", path.display())), "it says what helps: {log}");
            chmod(path, 0o600);
        }
    }
    chmod(place.data(), 0o755);
    let (status, log) = Server::launch(&place, &[]).ended();
    assert_eq!(status.code(), Some(3), "{log}");
    chmod(place.data(), 0o700);
    assert_eq!(Server::start(&place).readiness().0, 200);
}

#[test]
fn a_token_outlives_a_crash_and_so_does_its_end_and_its_secret_is_nowhere() {
    let place = Place::new(&everything_to(NOWHERE));
    let server = Server::start(&place);
    let made = server.post("/api/v1/tokens", &json!({"name": "ci", "role": "responder"})).expect("an answer").json();
    let (id, secret) = (made["token"]["id"].as_str().expect("an id"), made["secret"].as_str().expect("a secret"));
    server.kill();
    for path in files(place.data()) {
        let bytes = fs::read(&path).expect("read");
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "the secret is in {}", path.display());
    }
    let server = Server::start(&place);
    assert_eq!(who(&server, secret), (200, id.to_owned()));
    let bearer = format!("Bearer {}", server.owner_token());
    let path = format!("/api/v1/tokens/{id}");
    assert_eq!(ask(&server, "DELETE", &path, &[("Authorization", &bearer)]).status, 200);
    server.kill();
    let server = Server::start(&place);
    assert_eq!(who(&server, secret).0, 401);
    let (status, log) = server.stop();
    assert!(status.success() && !log.contains(secret), "{log}");
    assert_eq!(place.of_kind("token-created")[0]["name"], "ci");
    record::assert_whole(place.data());
}

#[test]
fn nobody_gets_more_than_they_may() {
    let place = Place::new(&everything_to(NOWHERE));
    let server = Server::start(&place);
    let alert = json!([firing(&[("alertname", "Anyone")])]).to_string();
    let post = |headers: &[(&str, &str)]| {
        http::send_with(server.address(), "POST", "/api/v2/alerts", headers, alert.as_bytes())
            .expect("an answer")
            .status
    };
    let forwarded = ("X-Forwarded-For", "127.0.0.1");
    assert_eq!(post(&[]), 200, "on this machine alerts are taken from anyone");
    assert_eq!(post(&[forwarded]), 401, "whoever stands behind a proxy is not on this machine");
    for (path, here, elsewhere) in [
        ("/healthz", 200, 200),
        ("/readyz", 200, 200),
        ("/", 401, 401),
        ("/metrics", 200, 401),
        ("/-/ready", 200, 401),
        ("/api/v2/alerts", 401, 401),
        ("/api/v2/status", 401, 401),
        ("/api/v1/tokens", 401, 401),
        ("/api/v1/nothing", 404, 404),
    ] {
        assert_eq!(ask(&server, "GET", path, &[]).status, here, "{path}");
        assert_eq!(ask(&server, "GET", path, &[forwarded]).status, elsewhere, "{path}, through a proxy");
    }
    let actors: Vec<_> = place.records().into_iter().filter(|record| record["kind"] == "alert-fired").collect();
    assert_eq!(actors[0]["actor"], "loopback");
}

#[test]
fn a_browser_logs_in_with_a_link_and_is_out_after_a_restart() {
    let place = Place::new(&everything_to(NOWHERE));
    let server = Server::start_with(&place, &["--external-url", "http://localhost:7070"]);
    let link = server.post("/api/v1/login-links", &json!(null)).expect("an answer").json();
    let url = link["url"].as_str().expect("a URL").to_owned();
    let path = url.strip_prefix("http://localhost:7070").expect("below the external URL");
    assert!(ask(&server, "GET", path, &[]).body.contains("<form method=\"post\">"));
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let entered = ask(&server, "POST", path, &[form, ("Sec-Fetch-Site", "same-origin")]);
    assert_eq!(entered.status, 303, "{}", entered.body);
    let cookie = entered.header("set-cookie").and_then(|cookie| cookie.split(';').next()).expect("a cookie").to_owned();
    let alerts = |server: &Server| ask(server, "GET", "/api/v2/alerts", &[("Cookie", &cookie)]).status;
    assert_eq!(alerts(&server), 200);
    assert_eq!(ask(&server, "POST", path, &[form]).status, 403, "a link counts once");
    let (_, log) = server.stop();
    assert!(!log.contains(path), "a link is a secret: {log}");
    let server = Server::start(&place);
    assert_eq!(alerts(&server), 401);
    assert_eq!(owner_token(place.data()), server.owner_token());
}

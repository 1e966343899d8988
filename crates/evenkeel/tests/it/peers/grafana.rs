//! What Grafana's data source `Alertmanager` asks, as its server forwards it for a browser.
//!
//! Grafana decodes answers strictly: into Alertmanager's types, with the configuration in `status` as YAML.
//! Source: Grafana, `pkg/services/ngalert/api/lotex_am.go` (implementation `prometheus` and `mimir`), and its pages'
//! `alertmanagerApi.ts` and `alertSilencesApi.ts`.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};

use super::{ALERTMANAGER, alertmanager, installed};
use crate::alerts::firing;
use crate::http::{self, Answer};
use crate::patience::until;
use crate::place::{Place, everything_to};
use crate::server::Server;
use crate::sink::Sink;

/// What comes along with every request.
const HEADERS: [(&str, &str); 8] = [
    ("User-Agent", "Grafana/10.4.2"),
    ("X-Grafana-User", "admin"),
    ("X-Grafana-Org-Id", "1"),
    ("X-Grafana-Referer", "http://grafana.example:3000/alerting/silences"),
    ("X-Forwarded-For", "192.0.2.7, 127.0.0.1"),
    ("Accept", "application/json, text/plain, */*"),
    ("Accept-Language", "de"),
    ("Via", "1.1 grafana.example"),
];

/// Where Grafana looks: with the implementation `mimir` or `cortex` below a prefix, with `prometheus` at the root.
const PREFIXES: [&str; 2] = ["", "/alertmanager"];

/// Grafana with one data source.
struct Grafana {
    server: SocketAddr,
    prefix: &'static str,
    /// The token in the data source's settings.
    token: Option<String>,
}

impl Grafana {
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let mut headers = HEADERS.to_vec();
        let bearer = self.token.as_ref().map(|token| format!("Bearer {token}"));
        headers.extend(bearer.as_deref().map(|bearer| ("Authorization", bearer)));
        if !body.is_empty() {
            headers.push(("Content-Type", "application/json"));
        }
        let path = format!("{}{path}", self.prefix);
        http::send_with(self.server, method, &path, &headers, body).expect("an answer")
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", path, b"");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert!(answer.header("content-type").is_some_and(|found| found.starts_with("application/json")), "{answer:?}");
        answer.json()
    }
}

/// A token for Grafana, as an admin makes one.
fn token(server: &Server, role: &str) -> String {
    let made = server.post("/api/v1/tokens", &json!({ "name": "grafana", "role": role })).expect("an answer");
    assert_eq!(made.status, 200, "{}", made.body);
    made.json()["secret"].as_str().expect("a secret").to_owned()
}

#[test]
fn grafana_asks_and_silences() {
    let sink = Sink::start();
    let place = Place::new(&everything_to(&sink.url("/secret-hook")));
    let server = Server::start(&place);
    server.take(&json!([firing(&[("alertname", "Down"), ("env", "a/b c")]), firing(&[("alertname", "Slow")])]));
    for prefix in PREFIXES {
        let grafana = Grafana { server: server.address(), prefix, token: Some(token(&server, "operator")) };
        status(&grafana);
        alerts(&grafana);
        silences(&grafana);
    }
}

/// The data source's own test asks for this, and the page of contact points shows it.
fn status(grafana: &Grafana) {
    let status = grafana.get("/api/v2/status");
    for pointer in ["/cluster/status", "/config/original", "/uptime", "/versionInfo/version", "/versionInfo/goVersion"]
    {
        assert!(status.pointer(pointer).is_some_and(Value::is_string), "{pointer}: {status:#}");
    }
    let original = status["config"]["original"].as_str().expect("a text");
    assert!(original.contains("receiver: sink") && !original.contains("secret-hook"), "{original}");
}

fn alerts(grafana: &Grafana) {
    let alerts = grafana.get("/api/v2/alerts?active=true&inhibited=true&silenced=true&filter=alertname%3D%22Down%22");
    assert_eq!(alerts.as_array().map(Vec::len), Some(1));
    let groups = grafana.get("/api/v2/alerts/groups?silenced=true&inhibited=true&active=true");
    assert_eq!(groups.as_array().map(Vec::len), Some(2));
    for group in groups.as_array().expect("groups") {
        assert!(group["labels"].is_object() && group["receiver"]["name"].is_string(), "{group:#}");
        group["alerts"].as_array().expect("alerts").iter().for_each(alert);
    }
    let groups = grafana.get("/api/v2/alerts/groups?filter=env%3D%22a%2Fb+c%22&receiver=sink");
    assert_eq!(groups.as_array().map(Vec::len), Some(1));
    assert_eq!(grafana.get("/api/v2/alerts/groups?filter=env%3D~%22x.*%22"), json!([]));
}

/// What Grafana's type demands of an alert.
fn alert(alert: &Value) {
    for name in ["fingerprint", "startsAt", "endsAt", "updatedAt"] {
        assert!(alert[name].is_string(), "{name}: {alert:#}");
    }
    let status = &alert["status"];
    assert!(status["state"].is_string() && status["silencedBy"].is_array() && status["inhibitedBy"].is_array());
    assert!(alert["receivers"].as_array().is_some_and(|found| found[0]["name"].is_string()), "{alert:#}");
}

/// Sets one, looks at it, changes it, ends it.
fn silences(grafana: &Grafana) {
    let mut wanted = json!({
        "comment": "created 2026-01-02 03:04", "createdBy": "admin",
        "startsAt": "2026-01-02T03:04:05.678Z", "endsAt": "2099-01-02T05:04:05.678Z",
        "matchers": [
            { "name": "alertname", "value": "Down", "isRegex": false, "isEqual": true },
            { "name": "env", "value": "a.*", "isRegex": true, "isEqual": true },
        ],
    });
    let set = |wanted: &Value| {
        let answer = grafana.ask("POST", "/api/v2/silences", wanted.to_string().as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["silenceID"].as_str().expect("an id").to_owned()
    };
    let id = set(&wanted);
    // Parameters for Grafana's own Alertmanager come along.
    let listed = grafana.get("/api/v2/silences?ruleMetadata=true&accesscontrol=true");
    let listed = listed.as_array().expect("silences");
    let shown = listed.iter().find(|silence| silence["id"] == id).expect("the silence is listed");
    assert_eq!(shown["status"]["state"], "active");
    assert_eq!(shown["matchers"], wanted["matchers"]);
    assert_eq!(grafana.get(&format!("/api/v2/silence/{id}"))["createdBy"], "admin");
    let very = grafana.get("/api/v2/silences?filter=alertname%3D%22Down%22&filter=env%3D~%22a.*%22");
    assert!(very.as_array().is_some_and(|found| found.iter().any(|silence| silence["id"] == id)), "{very:#}");
    let silenced = grafana.get("/api/v2/alerts?silenced=true&active=false&filter=alertname%3D%22Down%22");
    assert_eq!(silenced[0]["status"]["silencedBy"], json!([id]));

    wanted["id"] = json!(id);
    wanted["comment"] = json!("changed");
    wanted["startsAt"] = shown["startsAt"].clone();
    assert_eq!(set(&wanted), id, "changed in place");
    assert_eq!(grafana.get(&format!("/api/v2/silence/{id}"))["comment"], "changed");

    let ended = grafana.ask("DELETE", &format!("/api/v2/silence/{id}"), b"");
    assert_eq!(ended.status, 200, "{}", ended.body);
    assert_eq!(grafana.get(&format!("/api/v2/silence/{id}"))["status"]["state"], "expired");
}

#[test]
fn what_grafana_forwards_is_refused_without_a_token_that_may() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/"));
    let server = Server::start(&place);
    let grafana = |token| Grafana { server: server.address(), prefix: "/alertmanager", token };
    let refused = grafana(None).ask("GET", "/api/v2/status", b"");
    assert_eq!(refused.status, 401);
    assert!(refused.body.contains("evenkeel token create"), "it says what helps: {}", refused.body);
    let silence = crate::alerts::silence("alertname", "Down").to_string();
    let viewer = grafana(Some(token(&server, "viewer")));
    assert_eq!(viewer.ask("GET", "/api/v2/status", b"").status, 200);
    let refused = viewer.ask("POST", "/api/v2/silences", silence.as_bytes());
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("the role responder may"), "it says what helps: {}", refused.body);
}

/// What is asked when a page is opened.
const PAGES: [&str; 5] = [
    "/api/v2/status",
    "/api/v2/receivers",
    "/api/v2/alerts?active=true&silenced=true&inhibited=true",
    "/api/v2/alerts/groups?active=true&silenced=true&inhibited=true",
    "/api/v2/silences?ruleMetadata=true&accesscontrol=true",
];

#[test]
fn answers_have_alertmanagers_form() {
    if !installed(&[ALERTMANAGER]) {
        return;
    }
    // Never due, so nothing is sent.
    let configuration = everything_to("http://127.0.0.1:9/").replace("group_wait: 0s", "group_wait: 1h");
    let place = Place::new(&configuration);
    let server = Server::start(&place);
    let peer = alertmanager::start(&configuration);
    let token = Some(token(&server, "operator"));
    let ours = Grafana { server: server.address(), prefix: "/alertmanager", token };
    let theirs = Grafana { server: peer.address(), prefix: "", token: None };
    let alert = json!([firing(&[("alertname", "Down")])]).to_string();
    let silence = crate::alerts::silence("alertname", "Down").to_string();
    for grafana in [&ours, &theirs] {
        for (path, body) in [("/api/v2/alerts", &alert), ("/api/v2/silences", &silence)] {
            let answer = grafana.ask("POST", path, body.as_bytes());
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        }
    }
    for page in PAGES {
        let ours = form(&ours.get(page));
        // Alertmanager shows what it took in a moment later.
        until(&format!("{page}: an answer of the form\n{ours:#}"), Duration::from_secs(20), || {
            (form(&theirs.get(page)) == ours).then_some(())
        });
    }
}

/// Names and types without the values; of a list the first element's. `mutedBy` came with Alertmanager 0.28.
fn form(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| *name != "mutedBy")
            .map(|(name, value)| (name.clone(), form(value)))
            .collect(),
        Value::Array(elements) => elements.iter().take(1).map(form).collect(),
        Value::String(_) => json!("text"),
        Value::Number(_) => json!("number"),
        Value::Bool(_) => json!("bool"),
        Value::Null => Value::Null,
    }
}

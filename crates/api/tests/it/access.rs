//! Every route for every kind of caller: who may is let in, who may not changes nothing.

use evenkeel_api::{Action, Method, ROUTES, Route};
use serde_json::json;

use crate::bench::Bench;
use crate::caller::{Caller, Made};
use crate::login::logged_in;

/// What each kind of caller may do, written out once more: this is what the table of roles is held against.
const MAY: [(&str, &str); 8] = [
    ("remote", "probe link login hook"),
    ("local", "probe link login hook health measure intake"),
    ("sender", "probe link login hook health access intake"),
    ("recorder", "probe link login hook health access report"),
    ("viewer", "probe link login hook health measure access read"),
    ("responder", "probe link login hook health measure access read respond"),
    ("operator", "probe link login hook health measure access read respond operate report intake"),
    ("admin", "probe link login hook health measure access read respond operate report intake administer"),
];

fn may(kind: &str, action: Action) -> bool {
    let (_, actions) = MAY.iter().find(|(known, _)| *known == kind).expect("a kind of caller");
    actions.split(' ').any(|known| known == action.as_str())
}

/// A caller, and as which kind they count; `None`: as nobody, since their token does not count.
struct Row {
    name: String,
    caller: Caller,
    kind: Option<&'static str>,
}

fn row(name: impl Into<String>, caller: Caller, kind: Option<&'static str>) -> Row {
    Row { name: name.into(), caller, kind }
}

async fn callers(bench: &Bench) -> Vec<Row> {
    let mut rows = vec![
        row("nobody, here", Caller::local(), Some("local")),
        row("nobody, elsewhere", Caller::remote(), Some("remote")),
        row("nobody, through a proxy", Caller::local().with("x-forwarded-for", "192.0.2.1"), Some("remote")),
        row("nobody, through another proxy", Caller::local().with("forwarded", "for=192.0.2.1"), Some("remote")),
        row("the owner", Caller::owner(), Some("admin")),
        row("the owner's browser", logged_in(bench, &Caller::owner()).await, Some("admin")),
    ];
    for (role, _) in &MAY[2..] {
        let token = Made::role(bench, role).await;
        rows.push(row(*role, token.local(), Some(role)));
        rows.push(row(format!("{role}, elsewhere"), token.remote(), Some(role)));
        rows.push(row(format!("{role}, through a proxy"), token.local().with("x-forwarded-for", "x"), Some(role)));
        rows.push(row(format!("{role}'s browser"), logged_in(bench, &token.local()).await, Some(role)));
        let ended = Made::role(bench, role).await;
        let browser = logged_in(bench, &ended.local()).await;
        ended.revoke(bench).await;
        rows.push(row(format!("revoked {role}"), ended.remote(), None));
        rows.push(row(format!("revoked {role}'s browser"), browser, Some("local")));
    }
    let parent = Made::role(bench, "admin").await;
    let child = Made::of(&parent.local().makes(bench, &json!({"name": "child", "role": "operator"})).await);
    parent.revoke(bench).await;
    rows.push(row("made with what is revoked", child.remote(), None));
    let short = json!({"name": "short", "role": "admin", "expires_at": "2026-01-02T03:05:00Z"});
    let expired = Made::of(&Caller::owner().makes(bench, &short).await);
    bench.advance(evenkeel_time::Duration::minutes(1));
    rows.push(row("expired admin", expired.local(), None));
    rows
}

/// The answer of the guard, as far as it was the guard that answered.
async fn guarded(bench: &Bench, route: &Route, path: &str, caller: &Caller) -> u16 {
    let caller = caller.clone().with("sec-fetch-site", "same-origin");
    let reply = caller.call(bench, route.method.as_str(), path, "{}").await;
    // What is wrong with a webhook's signature is said by itself.
    let by_guard = reply.text.contains("may not do this") || reply.status == 401 && !reply.text.contains("not-signed");
    if by_guard { reply.status.as_u16() } else { 0 }
}

#[tokio::test(start_paused = true)]
async fn each_route_is_for_those_whose_role_may() {
    let bench = Bench::new();
    let callers = callers(&bench).await;
    let mut answered = 0;
    for route in ROUTES {
        for path in route.paths() {
            let path = with_segments(&path);
            for Row { name, caller, kind } in &callers {
                let before = bench.seq();
                let expected = match kind {
                    _ if route.action == Action::Probe => 0,
                    None => 401,
                    Some(kind) if may(kind, route.action) => 0,
                    Some("local" | "remote") => 401,
                    Some(_) => 403,
                };
                let got = guarded(&bench, route, &path, caller).await;
                assert_eq!(got, expected, "{} {path} ({}) by {name}", route.method.as_str(), route.action.as_str());
                assert!(got == 0 || bench.seq() == before, "{path} changed something for {name}");
                answered += 1;
            }
        }
    }
    assert!(answered > ROUTES.len() * 40, "every caller on every route: {answered}");
}

/// A path with something in the place of each parameter that names nothing.
fn with_segments(path: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { "0" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn what_no_row_names_is_not_served() {
    let bench = Bench::new();
    for (method, path) in [("GET", "/api/v1/nothing"), ("GET", "/api/v2/alerts/x/y"), ("PATCH", "/api/v1/tokens")] {
        let status = Caller::owner().call(&bench, method, path, "").await.status.as_u16();
        assert!(matches!(status, 404 | 405), "{method} {path}: {status}");
    }
    assert!(ROUTES.iter().all(|route| route.path.starts_with('/')));
    assert_eq!(ROUTES.iter().filter(|route| route.action == Action::Probe).count(), 3, "open to everyone");
    let hooks: Vec<&str> = ROUTES.iter().filter(|route| route.action == Action::Hook).map(|route| route.path).collect();
    assert_eq!(hooks, ["/hooks/{name}"], "open to who signs");
    let open = |route: &&Route| matches!(route.action, Action::Link | Action::Login);
    for route in ROUTES.iter().filter(open) {
        assert!(route.path.contains("{link}") || route.path == "/logout", "{} checks no link", route.path);
        assert!(matches!(route.method, Method::Get | Method::Post));
    }
}

#[tokio::test]
async fn a_refusal_says_which_role_would_do() {
    let bench = Bench::new();
    let viewer = Made::role(&bench, "viewer").await;
    let reply = viewer.local().call(&bench, "POST", "/api/v2/silences", "{}").await;
    let expected = "a token of the role viewer may not do this; the role responder may";
    assert_eq!(reply.refusal(), (403, expected.to_owned()));
    let sender = Made::role(&bench, "sender").await;
    let reply = sender.local().makes(&bench, &json!({"name": "x", "role": "sender"})).await;
    let problem = reply.json();
    assert_eq!((reply.status.as_u16(), problem["code"].as_str()), (403, Some("role-too-low")));
    assert_eq!(problem["detail"], "a token of the role sender may not do this");
    assert_eq!(problem["help"], "the role viewer may");
    let reply = Caller::remote().get(&bench, "/api/v2/alerts").await;
    assert_eq!((reply.status.as_u16(), reply.header("www-authenticate")), (401, "Bearer"));
    assert!(reply.text.contains("with a token of the role viewer or more"), "{}", reply.text);
    let reply = Caller::remote().get(&bench, "/").await;
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (401, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn records_name_who_caused_them() {
    let bench = Bench::new();
    let make = async |body| Made::of(&Caller::owner().makes(&bench, &body).await);
    let ada = make(json!({"name": "ada's phone", "role": "operator", "person": "person:ada"})).await;
    let prometheus = make(json!({"name": "prometheus", "role": "sender", "source": "prometheus"})).await;
    let machine = make(json!({"name": "machine", "role": "operator"})).await;
    for (caller, actor) in [
        (Caller::local(), "loopback".to_owned()),
        (Caller::owner(), "owner".to_owned()),
        (ada.remote(), "person:ada".to_owned()),
        (prometheus.remote(), "source:prometheus".to_owned()),
        (machine.remote(), machine.id.clone()),
        (logged_in(&bench, &ada.local()).await, "person:ada".to_owned()),
    ] {
        let alert = json!([{"labels": {"alertname": actor}}]).to_string();
        let caller = caller.with("sec-fetch-site", "same-origin");
        let reply = caller.call(&bench, "POST", "/api/v2/alerts", &alert).await;
        assert_eq!(reply.status, 200, "{actor}: {}", reply.text);
        assert_eq!(bench.last_actor(), actor);
    }
}

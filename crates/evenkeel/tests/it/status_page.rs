//! The public status page through the real program: what readers see while things fail, and who is told.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::alerts::{firing, resolved};
use crate::http::{self, Answer};
use crate::mailbox::Mailbox;
use crate::patience::until;
use crate::place::Place;
use crate::server::Server;

const SOON: Duration = Duration::from_secs(20);

const ROUTING: &str = "
global: { smtp_smarthost: 'SMARTHOST', smtp_from: status@example.org, smtp_require_tls: false }
route: { receiver: pager, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 4h }
receivers:
  - name: pager
  - name: press
    email_configs: [{ to: press@example.org }]
";

const DOCUMENTS: &str = "
apiVersion: evenkeel/v1
kind: Organization
metadata: { name: example }
spec: { lastResort: { receiver: pager, policy: everybody } }
---
apiVersion: evenkeel/v1
kind: Person
metadata: { name: ada }
spec: { contacts: [{ name: book, file: { path: ada.jsonl } }] }
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: { name: everybody }
spec: { steps: [{ to: [person:ada], wait: 1h }] }
---
apiVersion: evenkeel/v1
kind: Workload
metadata: { name: orders, owner: person:ada }
spec: { tier: 1, impact: { who: everyone who buys, what: no order can be placed, customers: true } }
---
apiVersion: evenkeel/v1
kind: ResponsePlan
metadata: { name: orders-down }
spec: { receivers: [pager], workload: orders, escalation: everybody, procedure: 'https://wiki.example/orders', communication: told }
---
apiVersion: evenkeel/v1
kind: CommunicationPlan
metadata: { name: told }
spec: { audiences: [{ name: customers, customers: true, receivers: [press] }] }
---
apiVersion: evenkeel/v1
kind: StatusPage
metadata: { name: customers }
spec:
  title: Example books
  audience: customers
  mail: [press]
  components: [{ name: buying, title: Buying books, workloads: [orders] }]
---
apiVersion: evenkeel/v1
kind: StatusPage
metadata: { name: shops }
spec: { title: Shops, audience: customers, components: [{ name: till, title: The till, workloads: [orders] }] }
---
apiVersion: evenkeel/v1
kind: StatusPage
metadata: { name: staff }
spec: { title: Internal, audience: customers, readers: viewer, components: [{ name: orders, workloads: [orders] }] }
";

struct Scene {
    place: Place,
    mailbox: Mailbox,
}

impl Scene {
    fn new() -> Self {
        let mailbox = Mailbox::start();
        let place = Place::new(&ROUTING.replace("SMARTHOST", &mailbox.address().to_string()));
        place.write("documents.yml", DOCUMENTS);
        Self { place, mailbox }
    }

    fn start(&self) -> (Server, SocketAddr) {
        let server = Server::start_with(&self.place, &["--status-listen", "127.0.0.1:0"]);
        let said = until("it says where the status page is", SOON, || {
            server.log().lines().find_map(|line| line.split("page is served address=").nth(1)?.trim().parse().ok())
        });
        until("there is a page", SOON, || (get(said, "/").status == 200).then_some(()));
        (server, said)
    }

    fn evenkeel(&self, words: &[&str]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evenkeel"));
        let out = command.args(words).env_clear().output().expect("the program runs");
        let said = [out.stdout, out.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        (out.status.success(), said)
    }
}

fn get(at: SocketAddr, path: &str) -> Answer {
    http::send_with(at, "GET", path, &[], b"").unwrap_or_else(|error| panic!("GET {path}: {error}"))
}

fn post(at: SocketAddr, path: &str, body: &str) -> Answer {
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    http::send_with(at, "POST", path, &headers, body.as_bytes()).unwrap_or_else(|error| panic!("POST {path}: {error}"))
}

fn state(at: SocketAddr) -> String {
    get(at, "/status.json").json()["state"].as_str().expect("a state").to_owned()
}

fn path_of(url: &str) -> String {
    format!("/{}", url.splitn(4, '/').nth(3).expect("a path"))
}

#[test]
fn readers_see_what_fails_and_subscribers_are_told() {
    let scene = Scene::new();
    let (server, page) = scene.start();
    assert_eq!(state(page), "operational");

    let asked = post(page, "/subscribe", "channel=email&address=reader%40example.com");
    assert_eq!(asked.status, 200, "{}", asked.body);
    let question = scene.mailbox.expect("Subscribe to Example books?", SOON);
    assert_eq!(question.to, ["reader@example.com"]);
    let confirm = path_of(&question.after("http://").expect("a link"));
    assert!(get(page, &confirm).body.contains("<button>Subscribe</button>"), "following a link changes nothing");
    assert!(post(page, &confirm, "").body.contains("You are told from now on"));
    let again = post(page, "/subscribe", "channel=email&address=reader%40example.com");
    assert_eq!((again.status, again.body == asked.body), (200, true), "nobody learns who is subscribed");
    for (body, status) in
        [("channel=email&address=nobody", 422), ("channel=webhook&address=http%3A%2F%2Fexample.com%2F", 422)]
    {
        assert_eq!(post(page, "/subscribe", body).status, status, "{body}");
    }

    server.take(&json!([firing(&[("alertname", "OrdersDown-INTERNAL")])]));
    let shown = until("readers see it", SOON, || {
        let shown = get(page, "/").body;
        shown.contains("Problem with orders").then_some(shown)
    });
    assert_eq!(state(page), "major-outage");
    assert!(shown.contains("Major outage") && !shown.contains("INTERNAL"), "{shown}");
    assert!(get(page, "/feed.atom").body.contains("Problem with orders"));
    assert!(get(page, "/shops/").body.contains("The till"));
    assert_eq!(get(page, "/staff/").status, 404, "not for everybody");
    let told = scene.mailbox.expect("Example books: Problem with orders", SOON);
    assert_eq!(told.to, ["reader@example.com"]);
    assert!(told.text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{}", told.text);

    server.take(&json!([resolved(&[("alertname", "OrdersDown-INTERNAL")])]));
    scene.mailbox.expect("Example books: The problem with orders is over", SOON);
    until("readers see it", SOON, || (state(page) == "operational").then_some(()));
    assert!(get(page, "/history.html").body.contains("is over. It lasted"));

    let (_, end) = told.text.split_once("List-Unsubscribe: <").expect("a header");
    let end = path_of(end.split('>').next().expect("a link"));
    assert!(get(page, &end).body.contains("<button>End it</button>"));
    let ended = post(page, &end, "List-Unsubscribe=One-Click");
    assert_eq!(ended.status, 200, "{}", ended.body);
    assert!(!server.log().contains("reader@example.com"), "addresses are in no log");
    let (_, listed) =
        scene.evenkeel(&["status", "subscribers", "--data", scene.place.data().to_str().expect("a path")]);
    assert_eq!(listed, "");
    let asked = || {
        let all = scene.place.records().into_iter();
        all.filter(|record| record["kind"] == "subscription-asked").collect::<Vec<_>>()
    };
    let before = asked();
    assert_eq!(before.len(), 1);
    assert!(before[0].to_string().contains("reader@"));
    let (status, _) = server.stop();
    assert!(status.success());
    let seq = before[0]["seq"].to_string();
    let data = scene.place.data().to_str().expect("a path").to_owned();
    let (good, said) = scene.evenkeel(&["journal", "erase", &seq, "--data", &data, "--reason", "asked for"]);
    assert!(good, "{said}");
    assert!(!asked().iter().any(|record| record.to_string().contains("reader@")));
}

#[test]
fn what_is_served_can_be_cached_and_stands_through_a_restart_and_a_broken_plan() {
    let scene = Scene::new();
    let (server, page) = scene.start();
    let first = get(page, "/");
    let tag = first.header("etag").expect("an etag").to_owned();
    assert_eq!(first.header("cache-control"), Some("public, max-age=30, stale-if-error=86400"));
    assert!(first.header("content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'none'")));
    let ask = |method: &str, path: &str, headers: &[(&str, &str)]| {
        http::send_with(page, method, path, headers, b"").expect("an answer")
    };
    let same = ask("GET", "/", &[("If-None-Match", &tag)]);
    assert_eq!((same.status, same.body.as_str()), (304, ""));
    let head = http::send_raw(page, format!("HEAD / HTTP/1.1\r\nHost: {page}\r\nConnection: close\r\n\r\n").as_bytes());
    assert!(head.is_err() || head.is_ok_and(|answer| answer.body.is_empty()), "no body");
    assert_eq!(ask("DELETE", "/", &[]).status, 405);
    assert_eq!(ask("POST", "/subscribe", &[("Origin", "https://elsewhere.example")]).status, 403);
    for path in ["/nothing", "/../etc/passwd", "/customers/../index.html", "/confirm/xyz", "/%00"] {
        assert!([400, 404].contains(&ask("GET", path, &[]).status), "{path}");
    }
    assert_eq!(ask("GET", "/shops", &[]).header("location"), Some("./shops/"));
    server.take(&json!([firing(&[("alertname", "OrdersDown")])]));
    until("readers see it", SOON, || (state(page) == "major-outage").then_some(()));
    server.kill();

    scene.place.write("documents.yml", "kind: StatusPage\napiVersion: evenkeel/v1\nmetadata: {}\n");
    let (server, page) = scene.start();
    assert_eq!(state(page), "major-outage", "the plan of before serves");
    assert!(server.readiness().1.contains("cannot be resolved"));
    assert!(get(page, "/").body.contains("Problem with orders"));
    for (n, wanted) in [200, 200, 200, 200, 200, 429].into_iter().enumerate() {
        let answer = post(page, "/subscribe", &format!("channel=email&address=a{n}%40example.com"));
        assert_eq!(answer.status, wanted, "{n}");
    }
}

#[test]
fn a_page_is_exported_for_any_host() {
    let scene = Scene::new();
    let (server, page) = scene.start();
    server.take(&json!([firing(&[("alertname", "OrdersDown")])]));
    until("readers see it", SOON, || (state(page) == "major-outage").then_some(()));
    let folder = tempfile::tempdir().expect("a folder");
    let ops = scene.place.ops();
    let (data, ops) = (scene.place.data().to_str().expect("a path"), ops.to_str().expect("a path"));
    let url = format!("http://{page}");
    for (name, from) in [("a", ["--from", &url]), ("b", ["--data", data])] {
        let to = folder.path().join(name);
        let (good, said) = scene.evenkeel(&["status", "export", to.to_str().expect("a path"), from[0], from[1]]);
        assert!(good, "{said}");
        let read = |file: &str| fs::read_to_string(to.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let index = read("index.html");
        assert!(index.contains("Problem with orders") && !index.contains("<form"), "{index}");
        assert!(index.contains("href=\"shops/index.html\""));
        assert!(read("shops/index.html").contains("href=\"../index.html\""));
        for file in ["history.html", "status.json", "feed.atom", "style.css", "shops/feed.atom"] {
            read(file);
        }
        assert!(!to.join("staff").exists(), "only what everybody may see");
    }
    let (good, shown) = scene.evenkeel(&["status", "show", "--data", data, "--ops", ops]);
    assert!(good && shown.starts_with("Example books: A major outage\n"), "{shown}");
    let (good, shown) = scene.evenkeel(&["status", "show", "shops", "--from", &url]);
    assert!(good && shown.starts_with("Shops: A major outage\n"), "{shown}");
    let (good, shown) = scene.evenkeel(&["status", "show", "staff", "--from", &url]);
    assert!(!good && shown.contains("no public status page is called `staff`"), "{shown}");
    let (good, shown) = scene.evenkeel(&["status", "show", "staff", "--data", data]);
    assert!(good && shown.starts_with("Internal: "), "{shown}");
}

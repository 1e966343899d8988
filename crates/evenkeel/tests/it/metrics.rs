//! Metrics through the real program: what was acknowledged is there after any kill, rules raise alerts that outlive it, and
//! what cannot be taken is said.

mod kpi;
mod sender;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::dice::Dice;
use crate::http;
use crate::patience::until;
use crate::place::{Place, everything_to};
use crate::server::Server;
use crate::sink::Sink;
use sender::{Sender, now_ms};

const SOON: Duration = Duration::from_secs(20);
/// How often the server is killed, unless `EVENKEEL_TEST_METRIC_KILLS` says otherwise.
const KILLS: u64 = 15;
const SEED: u64 = 0x5a3b_1e00;

/// Asks an expression now; the answer's `data.result`.
fn query(server: &Server, expr: &str) -> Value {
    let escaped: String = expr.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let path = format!("/prometheus/api/v1/query?query={escaped}");
    // Without a token, as promtool and Grafana do.
    let answer = http::send(server.address(), "GET", &path, b"").expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["data"]["result"].clone()
}

/// Every sample of a metric within the last hour, by the value of `sender` and time.
fn samples(server: &Server, metric: &str) -> BTreeMap<(String, i64), String> {
    let mut all = BTreeMap::new();
    for series in query(server, &format!("{metric}[1h]")).as_array().expect("series") {
        let sender = series["metric"]["sender"].as_str().expect("a label").to_owned();
        for sample in series["values"].as_array().expect("samples") {
            all.insert(
                (sender.clone(), milliseconds(sample[0].as_f64().expect("seconds"))),
                sample[1].as_str().expect("a number").to_owned(),
            );
        }
    }
    all
}

#[expect(clippy::cast_possible_truncation, reason = "an instant of ours")]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

#[test]
fn no_acknowledged_sample_is_lost_by_kills_at_any_moment() {
    let kills = std::env::var("EVENKEEL_TEST_METRIC_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let place = Place::new("route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
    let (mut dice, mut acknowledged) = (Dice::new(SEED), BTreeMap::new());
    let mut sent = 0;
    for life in 0..kills {
        let server = Server::start(&place);
        let sender = Sender::start(server.address(), life);
        std::thread::park_timeout(Duration::from_millis(50 + dice.below(400)));
        server.kill();
        let told = sender.ended();
        sent += told.sent;
        acknowledged.extend(told.acknowledged);
    }
    let server = Server::start(&place);
    let kept = samples(&server, "sent");
    let lost: Vec<_> = acknowledged.iter().filter(|(key, value)| kept.get(*key) != Some(*value)).collect();
    assert!(lost.is_empty(), "{} of {} are lost, such as {:?}", lost.len(), acknowledged.len(), lost.first());
    assert!(acknowledged.len() > 1_000, "only {} samples were acknowledged", acknowledged.len());
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
    eprintln!("{kills} kills: {sent} samples sent, {} acknowledged, none lost", acknowledged.len());
}

const RULES: &str = "groups:
- name: shop
  interval: 1s
  rules:
  - record: job:queue:max
    expr: max by (job) (queue_depth)
  - alert: QueueDeep
    expr: job:queue:max > 100
    for: 2s
    labels: { severity: critical }
    annotations: { summary: '{{ $labels.job }} has {{ $value }} waiting' }
";

#[test]
fn a_rule_raises_an_alert_that_a_kill_neither_ends_nor_raises_anew() {
    let sink = Sink::start();
    let place = Place::new(&everything_to(&sink.url("/hook")));
    place.write("rules.yml", RULES);
    let mut server = Server::start(&place);
    let send = |server: &Server, value: f64| {
        let labels = [("__name__", "queue_depth"), ("job", "shop")];
        assert_eq!(sender::send(server.address(), &labels, &[(now_ms(), value)]).expect("an answer").status, 204);
    };
    let mut fed = Instant::now();
    let mut feed = |server: &Server, value: f64| {
        if fed.elapsed() > Duration::from_millis(300) {
            send(server, value);
            fed = Instant::now();
        }
    };
    send(&server, 150.0);
    let told = until("the alert is told", SOON, || {
        feed(&server, 150.0);
        sink.deliveries().into_iter().find(|delivery| delivery.tells("firing", "QueueDeep"))
    });
    let alert = &told.body["alerts"][0];
    assert_eq!(alert["labels"]["severity"], "critical");
    assert_eq!(alert["annotations"]["summary"], "shop has 150 waiting");
    let started = server.get("/api/v2/alerts").json()[0]["startsAt"].clone();
    assert!(started.is_string(), "it fires");
    let shown = http::send(server.address(), "GET", "/prometheus/api/v1/alerts", b"").expect("an answer").json();
    assert_eq!(shown["data"]["alerts"][0]["state"], "firing", "{shown}");
    server.crash();
    server = Server::start(&place);
    until("the rule is evaluated again", SOON, || {
        feed(&server, 150.0);
        let shown = http::send(server.address(), "GET", "/prometheus/api/v1/rules", b"").expect("an answer").json();
        let rules = shown["data"]["groups"][0]["rules"].clone();
        (rules[1]["health"] == "ok" && rules[1]["state"] == "firing").then_some(())
    });
    let alerts = server.get("/api/v2/alerts").json();
    assert_eq!(alerts[0]["startsAt"], started, "it is the same alert, and fires since then");
    assert!(!sink.deliveries().iter().any(|delivery| delivery.tells("resolved", "QueueDeep")), "a kill ends nothing");
    until("its end is told", SOON, || {
        feed(&server, 1.0);
        sink.deliveries().into_iter().find(|delivery| delivery.tells("resolved", "QueueDeep"))
    });
    let firing = sink.deliveries().into_iter().filter(|delivery| delivery.tells("firing", "QueueDeep")).count();
    assert!(firing <= 2, "told {firing} times: once, and once more at most after a kill");
    let kinds = place.of_kind("rule-alerts-changed");
    assert!((2..=5).contains(&kinds.len()), "pending, firing, its end, and nothing at each evaluation: {kinds:?}");
}

#[test]
fn what_cannot_be_taken_is_said_with_its_reason_and_the_rest_is_written() {
    let place = Place::new("route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
    let server = Server::start_with(&place, &["--metrics-series-max", "3"]);
    let at = now_ms();
    for number in 0..3 {
        let name = format!("user-{number}");
        let answer = sender::send(server.address(), &[("__name__", "seen"), ("user", &name)], &[(at, 1.0)]);
        assert_eq!(answer.expect("an answer").status, 204);
    }
    let too_many = sender::send(server.address(), &[("__name__", "seen"), ("user", "one-too-many")], &[(at, 1.0)]);
    let too_many = too_many.expect("an answer");
    assert_eq!(too_many.status, 400, "{}", too_many.body);
    assert!(too_many.body.contains("`user`") && too_many.body.contains("one-too-many"), "{}", too_many.body);
    let other = sender::send(server.address(), &[("__name__", "seen"), ("user", "user-0")], &[(at, 2.0)]);
    let other = other.expect("an answer");
    assert!(other.status == 400 && other.body.contains("another value"), "{} {}", other.status, other.body);
    let write = |body: &[u8], headers: &[(&str, &str)]| {
        http::send_with(server.address(), "POST", "/prometheus/api/v1/write", headers, body).expect("an answer")
    };
    let bomb = [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0];
    for (body, headers, status, said) in [
        (&b"nonsense"[..], &[("Content-Encoding", "snappy")][..], 400, "Snappy"),
        (&bomb, &[], 413, "at most"),
        (b"", &[("Content-Type", "application/json")], 415, "application/x-protobuf"),
        (b"", &[("Content-Encoding", "zstd")], 415, "snappy"),
    ] {
        let answer = write(body, headers);
        assert!(answer.status == status && answer.body.contains(said), "{} {}", answer.status, answer.body);
    }
    assert_eq!(query(&server, "count(seen)")[0]["value"][1], "3");
}

#[test]
fn an_ops_repo_that_only_has_rules_is_served_and_one_that_lost_its_routes_is_not() {
    let routes = "route: { receiver: nobody }\nreceivers: [{ name: nobody, webhook_configs: [{ url: 'http://127.0.0.1:9/' }] }]\n";
    let place = Place::new(routes);
    std::fs::remove_file(place.ops().join("alertmanager.yml")).expect("removed");
    place.write("rules.yml", RULES);
    for _ in 0..2 {
        let server = Server::start(&place);
        assert!(server.log().contains("nobody is told"), "{}", server.log());
        let labels = [("__name__", "queue_depth"), ("job", "shop")];
        assert_eq!(sender::send(server.address(), &labels, &[(now_ms(), 5.0)]).expect("an answer").status, 204);
        until("the rule records", SOON, || (query(&server, "job:queue:max")[0]["value"][1] == "5").then_some(()));
        assert!(server.stop().0.success());
        // A data folder made from a backup has no secrets of plans; this plan needs none.
        std::fs::remove_dir_all(place.data().join("plan-secrets")).expect("removed");
    }
    place.write("alertmanager.yml", routes);
    assert!(Server::start(&place).stop().0.success());
    std::fs::remove_file(place.ops().join("alertmanager.yml")).expect("removed");
    let server = Server::start(&place);
    assert!(server.log().contains("the last adopted plan serves"), "a routing tree that is gone was not meant to go");
}

#[test]
fn rules_read_from_a_store_elsewhere_and_record_into_it() {
    let routes = "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n";
    let (store, asking) = (Place::new(routes), Place::new(routes));
    asking.write("rules.yml", RULES);
    let elsewhere = Server::start(&store);
    let labels = [("__name__", "queue_depth"), ("job", "shop")];
    assert_eq!(sender::send(elsewhere.address(), &labels, &[(now_ms(), 7.0)]).expect("an answer").status, 204);
    let url = format!("http://{}/prometheus", elsewhere.address());
    let server = Server::start_with(&asking, &["--metrics-from", &url]);
    let recorded = |server: &Server| (query(server, "job:queue:max")[0]["value"][1] == "7").then_some(());
    until("what is recorded lies elsewhere", SOON, || recorded(&elsewhere));
    until("and is asked from there", SOON, || recorded(&server));
    elsewhere.kill();
    let health = |server: &Server| {
        let shown = http::send(server.address(), "GET", "/prometheus/api/v1/rules", b"").expect("an answer").json();
        (shown["data"]["groups"][0]["rules"][0]["health"] == "err").then_some(())
    };
    until("a store that is gone is no rule that does not hold", Duration::from_secs(60), || health(&server));
}

//! amtool asks Evenkeel what it asks Alertmanager, and gets the same answers.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use super::amtool::{Amtool, run};
use super::process::Process;
use super::{ALERTMANAGER, AMTOOL, alertmanager, installed};
use crate::patience::until;
use crate::place::Place;
use crate::server::Server;

const SOON: Duration = Duration::from_secs(20);

/// Nothing is ever sent: what is asked is who would be told.
const CONFIGURATION: &str = "
route:
  receiver: everybody
  group_by: [alertname]
  group_wait: 1h
  routes:
    - matchers: [severity=\"page\"]
      receiver: page
      continue: true
      routes:
        - matchers: [team=~\"db|cache\"]
          receiver: page-db
          continue: true
        - matchers: [team=\"db\", cluster!=\"b\"]
          receiver: page-again
    - match: { team: db }
      receiver: db
    - match_re: { service: '(api|web).*' }
      receiver: 'front end'
      routes:
        - matchers: ['{env!~\"test|dev\", service=\"web\"}']
          receiver: web
    - matchers: [env=\"\"]
      receiver: nowhere
inhibit_rules:
  - source_matchers: [alertname=\"Down\"]
    target_matchers: [alertname=\"Slow\"]
    equal: [cluster]
receivers:
  - { name: everybody }
  - { name: page }
  - { name: page-db }
  - { name: page-again }
  - { name: db }
  - { name: 'front end' }
  - { name: web }
  - { name: nowhere }
";

/// Each becomes an alert, and is asked about.
const LABEL_SETS: &[&str] = &[
    "alertname=A0 severity=page",
    "alertname=A1 severity=page team=db",
    "alertname=A2 severity=page team=db cluster=a",
    "alertname=A3 severity=page team=db cluster=b",
    "alertname=A4 severity=page team=cache",
    "alertname=A5 severity=page team=cachet",
    "alertname=A6 severity=page team=web service=web",
    "alertname=A7 severity=page service=web env=prod",
    "alertname=A8 severity=page service=web env=test",
    "alertname=A9 team=db",
    "alertname=A10 team=db service=web",
    "alertname=A11 service=api",
    "alertname=A12 service=api2 env=dev",
    "alertname=A13 service=web",
    "alertname=A14 service=web env=dev",
    "alertname=A15 service=web env=developer",
    "alertname=A16 service=website env=prod",
    "alertname=A17 service=myweb env=prod",
    "alertname=A18 env=prod",
    "alertname=A19 env=test severity=warn",
    "alertname=A20",
    "alertname=A21 severity=pager env=prod",
];

/// Both servers, with an amtool each.
struct Pair {
    place: Place,
    _server: Server,
    _peer: Process,
    ours: Amtool,
    theirs: Amtool,
}

impl Pair {
    fn start() -> Self {
        let place = Place::new(CONFIGURATION);
        let server = Server::start(&place);
        let peer = alertmanager::start(CONFIGURATION);
        let ours = Amtool::owning(format!("http://{}/alertmanager", server.address()), &place);
        let theirs = Amtool::at(format!("http://{}", peer.address()));
        Self { place, _server: server, _peer: peer, ours, theirs }
    }

    /// Both say the same words.
    fn same_words(&self, arguments: &[&str]) -> String {
        let ours = self.ours.says(arguments);
        // Alertmanager shows what it took in a moment later.
        until(&format!("{arguments:?}: they say too\n{ours}"), SOON, || {
            (self.theirs.says(arguments) == ours).then_some(())
        });
        ours
    }

    fn both(&self, arguments: &[&str]) -> [String; 2] {
        [self.ours.says(arguments), self.theirs.says(arguments)]
    }
}

#[test]
fn amtool_shows_the_same_alerts() {
    if !installed(&[AMTOOL, ALERTMANAGER]) {
        return;
    }
    let pair = Pair::start();
    let add = |words: &[&str]| {
        let times = ["--start=2026-01-02T03:04:05Z", "--end=2099-01-02T03:04:05Z"];
        drop(pair.both(&[&["alert", "add"], words, &times[..]].concat()));
    };
    add(&["alertname=Down", "cluster=a", "--annotation=summary=it is down", "--generator-url=http://p.example/g?a=b"]);
    add(&["Slow", "cluster=a"]);
    add(&["Slow", "cluster=b", "severity=page"]);
    add(&["alertname=Noise", "path=/a b/ü", "--annotation=runbook=https://r.example/"]);
    let silence = ["silence", "add", "-a", "me", "-c", "known", "--end=2099-01-01T00:00:00Z", "Noise"];
    let [our_id, their_id] = pair.both(&silence).map(|id| id.trim().to_owned());

    for query in [
        &["-o", "extended"][..],
        &[],
        &["-a"],
        &["-s"],
        &["-i"],
        &["-u"],
        &["-a", "-s", "-i"],
        &["-s", "-i"],
        &["Slow"],
        &["alertname=~S.*"],
        &["alertname=~S.*", "cluster!=a"],
        &["cluster!~a|b"],
        &["-s", "path=/a b/ü"],
        &["cluster="],
        &["-r", "page"],
        &["-r", "every.*"],
        &["-r", "none"],
        &["Nothing"],
    ] {
        let shown = pair.same_words(&[&["alert", "query"], query].concat());
        assert!(!shown.is_empty());
    }
    let [ours, theirs] = [&pair.ours, &pair.theirs].map(|amtool| amtool.json(&["alert", "query", "-a", "-s", "-i"]));
    assert_eq!(ours.as_array().map(Vec::len), Some(4), "{ours:#}");
    let ours = by_fingerprint(&ours, &our_id);
    assert_eq!(ours, by_fingerprint(&theirs, &their_id));
}

/// Alerts by fingerprint, which are the same but for the silence's id, and when they were last heard of.
fn by_fingerprint(alerts: &Value, silence: &str) -> Vec<Value> {
    let mut alerts = alerts.as_array().expect("alerts").clone();
    alerts.sort_by_key(|alert| alert["fingerprint"].to_string());
    for alert in &mut alerts {
        assert!(alert["updatedAt"].as_str().is_some_and(|at| at.ends_with('Z')), "{alert:#}");
        alert["updatedAt"] = json!("lately");
        for id in alert["status"]["silencedBy"].as_array_mut().expect("ids") {
            assert_eq!(id, silence);
            *id = json!("the silence");
        }
    }
    alerts
}

#[test]
fn amtool_handles_silences_alike() {
    if !installed(&[AMTOOL, ALERTMANAGER]) {
        return;
    }
    let pair = Pair::start();
    for matchers in [&["Noise"][..], &["alertname=~N.*", "path!=/x"], &["a!~b|c", "d=e f"]] {
        let add = ["silence", "add", "-a", "me", "-c", "is known", "--end=2099-01-01T00:00:00Z"];
        drop(pair.both(&[&add[..], matchers].concat()));
    }
    for query in [&["silence", "query"][..], &["silence", "query", "Noise"], &["silence", "query", "a!~b|c"]] {
        let [ours, theirs] = [&pair.ours, &pair.theirs].map(|amtool| silences(&amtool.json(query)));
        assert_eq!(ours, theirs, "{query:?}");
        assert!(!ours.is_empty(), "{query:?}");
    }
    for amtool in [&pair.ours, &pair.theirs] {
        let id = amtool.says(&["silence", "query", "-q", "Noise"]).trim().to_owned();
        amtool.says(&["silence", "update", "--end=2099-06-01T00:00:00Z", "-c", "longer", &id]);
        let changed = amtool.json(&["silence", "query", "Noise"]);
        assert_eq!(changed[0]["id"], id.as_str(), "changed in place: {changed:#}");
        assert_eq!(changed[0]["comment"], "longer", "{changed:#}");
        assert_eq!(changed[0]["endsAt"], "2099-06-01T00:00:00.000Z", "{changed:#}");

        // A filter asks for the very matcher.
        assert_eq!(amtool.says(&["silence", "query", "-q", "alertname=~No.*"]).trim(), "");
        assert_eq!(amtool.says(&["silence", "query", "-q", "path!=/x"]).split_whitespace().count(), 1);
        assert_eq!(amtool.says(&["silence", "query", "-q", "path!=/y"]).trim(), "");

        // What was exported is imported again after it was ended.
        let exported = amtool.says(&["silence", "query", "-o", "json"]);
        let file = pair.place.data().join("silences.json");
        fs::write(&file, &exported).expect("written");
        let ids = amtool.says(&["silence", "query", "-q"]);
        let ids: Vec<&str> = ids.split_whitespace().collect();
        amtool.says(&[&["silence", "expire"], &ids[..]].concat());
        assert_eq!(amtool.says(&["silence", "query", "-q"]).trim(), "");
        assert_eq!(amtool.says(&["silence", "query", "--expired", "-q"]).split_whitespace().count(), 3);
        amtool.says(&["silence", "import", &file.to_string_lossy()]);
        assert_eq!(amtool.says(&["silence", "query", "-q"]).split_whitespace().count(), 3);
        amtool.says(&["silence", "import", "--force", &file.to_string_lossy()]);
        assert_eq!(amtool.says(&["silence", "query", "-q"]).split_whitespace().count(), 6);
        amtool.complains(&["silence", "expire", "00000000-0000-0000-0000-000000000000"]);
        amtool.complains(&["silence", "add", "-a", "me", "-c", "none", "x=y", "a=~("]);
    }
}

/// Silences without their ids and when they began, in order.
fn silences(shown: &Value) -> Vec<Value> {
    let mut silences = shown.as_array().expect("silences").clone();
    for silence in &mut silences {
        for name in ["id", "startsAt", "updatedAt"] {
            assert!(silence[name].is_string(), "{silence:#}");
            silence[name] = json!("its own");
        }
        silence["matchers"].as_array_mut().expect("matchers").sort_by_key(Value::to_string);
    }
    silences.sort_by_key(Value::to_string);
    silences
}

#[test]
fn amtool_routes_as_we_do() {
    if !installed(&[AMTOOL, ALERTMANAGER]) {
        return;
    }
    let pair = Pair::start();
    let file = pair.place.ops().join("alertmanager.yml").display().to_string();
    for labels in LABEL_SETS {
        drop(pair.both(&[&["alert", "add"][..], &labels.split(' ').collect::<Vec<_>>()].concat()));
    }
    let [ours, theirs] = [&pair.ours, &pair.theirs].map(|amtool| {
        until("all alerts are shown", SOON, || {
            let alerts = amtool.json(&["alert", "query"]);
            (alerts.as_array().map(Vec::len) == Some(LABEL_SETS.len())).then_some(alerts)
        })
    });
    for labels in LABEL_SETS {
        let words: Vec<&str> = labels.split(' ').collect();
        // Without a file it asks the server for its configuration.
        let (good, by_file, errors) =
            run(AMTOOL, &[&["config", "routes", "test", "--config.file", &file][..], &words].concat());
        assert!(good, "{errors}");
        let expected: BTreeSet<&str> = by_file.trim().split(',').collect();
        let by_server = pair.ours.says(&[&["config", "routes", "test"][..], &words].concat());
        assert_eq!(by_server.trim(), by_file.trim(), "{labels}");
        assert_eq!(receivers(&ours, words[0]), expected, "{labels}");
        assert_eq!(receivers(&theirs, words[0]), expected, "{labels}");
    }
    pair.same_words(&["config", "routes", "show"]);
    let config = pair.ours.says(&["config", "show"]);
    assert!(config.contains("receiver: page-again"), "{config}");
    fs::write(pair.place.data().join("shown.yml"), &config).expect("written");
}

/// Who is told of the alert of that name, as `/api/v2/alerts` says.
fn receivers<'a>(alerts: &'a Value, alertname: &str) -> BTreeSet<&'a str> {
    let name = alertname.strip_prefix("alertname=").expect("a name");
    let alerts = alerts.as_array().expect("alerts");
    let alert = alerts.iter().find(|alert| alert["labels"]["alertname"] == name).expect("the alert");
    let receivers = alert["receivers"].as_array().expect("receivers").iter();
    receivers.map(|receiver| receiver["name"].as_str().expect("a name")).collect()
}

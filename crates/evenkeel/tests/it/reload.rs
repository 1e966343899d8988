//! The ops repo changes while the server runs: taken when it resolves, refused loudly when it does not, and secrets
//! stay where they belong.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::alerts::firing;
use crate::patience::until;
use crate::place::{Place, everything_to};
use crate::record;
use crate::server::Server;
use crate::sink::{Mood, Sink};

const SOON: Duration = Duration::from_secs(15);
/// Shorter than the reading of the folder that nobody asked for.
const AT_ONCE: Duration = Duration::from_millis(900);
const PASSWORD: &str = "planted-password-7f3a";
const TOKEN: &str = "planted-token-in-a-path-91bc";

/// A receiver with a password and a token in its address.
fn secretive(sink: &Sink) -> String {
    let http = format!("http_config: {{ basic_auth: {{ username: evenkeel, password: '{PASSWORD}' }} }}");
    let url = format!("url: '{}'", sink.url(&format!("/{TOKEN}")));
    everything_to("URL").replace("{ url: 'URL' }", &format!("{{ {url}, {http} }}"))
}

fn adopted(place: &Place) -> usize {
    place.of_kind("plan-adopted").len()
}

#[test]
fn a_changed_file_is_adopted_by_itself() {
    let (old, new) = (Sink::start(), Sink::start());
    let place = Place::new(&everything_to(&old.url("/hook")));
    let server = Server::start(&place);
    server.take(&json!([firing(&[("alertname", "Before")])]));
    old.expect("the first alert", SOON, |delivery| delivery.tells("firing", "Before"));
    let text = everything_to(&new.url("/hook")).replace("repeat_interval: 4h", "repeat_interval: 5h");
    place.write("alertmanager.yml", &text);
    until("the change is adopted", SOON, || (adopted(&place) == 2).then_some(()));
    server.take(&json!([firing(&[("alertname", "After")])]));
    new.expect("the second alert", SOON, |delivery| delivery.tells("firing", "After"));
    assert_eq!(old.count_where(|delivery| delivery.tells("firing", "After")), 0);
}

#[test]
fn a_rotated_secret_is_used_though_the_plan_is_the_same() {
    let (old, new) = (Sink::start(), Sink::start());
    let place = Place::new(&everything_to(&old.url("/hook")));
    let server = Server::start(&place);
    place.write("alertmanager.yml", &everything_to(&new.url("/hook")));
    let mut number = 0;
    until("alerts go to the new address", SOON, || {
        number += 1;
        server.take(&json!([firing(&[("alertname", &format!("Alert{number}"))])]));
        (new.count() > 0).then_some(())
    });
    assert_eq!(adopted(&place), 1, "an equal plan is not adopted again");
}

#[test]
fn sighup_reads_at_once() {
    let place = Place::new(&everything_to("http://127.0.0.1:9/hook"));
    let server = Server::start(&place);
    place.write("alertmanager.yml", &everything_to("http://127.0.0.1:9/hook").replace("4h", "5h"));
    let began = Instant::now();
    server.signal("HUP");
    until("the change is adopted", SOON, || server.get("/api/v2/status").body.contains("5h").then_some(()));
    assert!(began.elapsed() < AT_ONCE, "it took {:?}", began.elapsed());
    until("it is on record", SOON, || (adopted(&place) == 2).then_some(()));
}

#[test]
fn a_broken_file_is_refused_loudly_and_the_old_plan_serves() {
    let sink = Sink::start();
    let good = everything_to(&sink.url("/hook"));
    let place = Place::new(&good);
    let server = Server::start(&place);
    place.write("alertmanager.yml", &good.replace("receiver: sink", "receiver: snik"));
    until("it is said in /readyz", SOON, || server.readiness().1.contains("snik").then_some(()));
    let (status, reasons) = server.readiness();
    assert_eq!(status, 200, "it still serves");
    assert!(reasons.contains("alertmanager.yml:1:"), "with its place: {reasons}");
    assert_eq!(server.metric("evenkeel_plan_refused"), 1.0);
    assert_eq!(server.metric("evenkeel_plans_refused_total"), 1.0);
    let log = server.log();
    assert!(log.contains("ERROR") && log.contains("unknown-receiver"), "{log}");
    until("it is on record", SOON, || (place.of_kind("plan-refused").len() == 1).then_some(()));
    server.take(&json!([firing(&[("alertname", "Meanwhile")])]));
    sink.expect("the old plan serves", SOON, |delivery| delivery.tells("firing", "Meanwhile"));

    place.write("alertmanager.yml", &good);
    until("it is repaired", SOON, || server.readiness().1.contains("[]").then_some(()));
    assert_eq!(server.metric("evenkeel_plan_refused"), 0.0);
    assert_eq!(server.metric("evenkeel_plans_refused_total"), 1.0, "said once");
}

#[test]
fn a_restart_with_a_broken_file_serves_the_last_plan_with_its_secrets() {
    let sink = Sink::start();
    let place = Place::new(&secretive(&sink));
    let server = Server::start(&place);
    server.take(&json!([firing(&[("alertname", "Before")])]));
    let first = sink.expect("an alert", SOON, |delivery| delivery.tells("firing", "Before"));
    assert_eq!(first.path, format!("/{TOKEN}"));
    assert!(first.authorization.starts_with("Basic "), "{}", first.authorization);
    server.kill();

    place.write("alertmanager.yml", "route: [broken");
    let server = Server::start(&place);
    let (status, reasons) = server.readiness();
    assert_eq!(status, 200);
    assert!(reasons.contains("alertmanager.yml:1:"), "{reasons}");
    server.take(&json!([firing(&[("alertname", "After")])]));
    let second = sink.expect("an alert", SOON, |delivery| delivery.tells("firing", "After"));
    assert_eq!((second.path, second.authorization), (first.path, first.authorization));
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
}

#[test]
fn a_first_start_with_a_broken_file_is_refused() {
    let place = Place::new("route: [broken");
    let (status, log) = Server::launch(&place, &[]).ended();
    assert_eq!(status.code(), Some(3), "{log}");
    assert!(log.contains("alertmanager.yml:1:") && log.contains("no plan was adopted before"), "{log}");
    assert!(!place.data().exists(), "nothing is left behind by a start that came to nothing");
}

#[test]
fn a_restart_without_the_ops_repo_serves_the_last_plan() {
    let sink = Sink::start();
    let place = Place::new(&everything_to(&sink.url("/hook")));
    let server = Server::start(&place);
    server.kill();
    fs::rename(place.ops(), place.ops().with_extension("away")).expect("the folder is moved away");
    let server = Server::start(&place);
    assert!(server.readiness().1.contains("cannot read"), "{}", server.readiness().1);
    server.take(&json!([firing(&[("alertname", "Meanwhile")])]));
    sink.expect("the last plan serves", SOON, |delivery| delivery.tells("firing", "Meanwhile"));
    fs::rename(place.ops().with_extension("away"), place.ops()).expect("the folder is back");
    until("it is read again", SOON, || server.readiness().1.contains("[]").then_some(()));
}

#[test]
fn planted_secrets_are_nowhere_but_in_their_file() {
    let sink = Sink::start();
    let place = Place::new(&secretive(&sink));
    let server = Server::start(&place);
    // Failures say where they happened and what came back.
    for mood in [Mood::Answers(503), Mood::Answers(404), Mood::Answers(200)] {
        sink.set_mood(mood);
        let seen = sink.count();
        server.take(&json!([firing(&[("alertname", &format!("{mood:?}"))])]));
        assert!(sink.more_than(seen, SOON));
    }
    until("a failure is on record", SOON, || (!place.of_kind("notice-failed").is_empty()).then_some(()));
    place.write("alertmanager.yml", &secretive(&sink).replace("receiver: sink", "receiver: snik"));
    until("it is refused", SOON, || server.readiness().1.contains("snik").then_some(()));
    let answers =
        ["/", "/readyz", "/metrics", "/api/v2/status", "/api/v2/alerts", "/api/v2/alerts/groups", "/api/v2/receivers"];
    for path in answers {
        assert_clean(path, server.get(path).body.as_bytes());
    }
    assert_clean("the export", record::export_text(place.data()).as_bytes());
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
    assert_clean("the log", log.as_bytes());
    let kept = files_below(place.data());
    let (secret, others): (Vec<_>, Vec<_>) =
        kept.iter().partition(|path| path.parent().is_some_and(|it| it.ends_with("plan-secrets")));
    others.iter().for_each(|path| assert_clean(&path.to_string_lossy(), &fs::read(path).expect("a file")));
    let text: String = secret.iter().map(|path| fs::read_to_string(path).expect("a text")).collect();
    assert!(text.contains(PASSWORD) && text.contains(TOKEN), "they are kept for the next start");
}

fn assert_clean(what: &str, bytes: &[u8]) {
    let pair = "ZXZlbmtlZWw6cGxhbnRlZC1wYXNzd29yZC03ZjNh";
    for secret in [PASSWORD, TOKEN, pair] {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "`{secret}` is in {what}");
    }
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    // The reserve is 64 MiB of nothing.
    let entries = entries.filter(|path| !path.ends_with("reserve"));
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn a_receiver_that_goes_while_its_notice_fails_leaves_nobody_untold() {
    let (gone, heir) = (Sink::start(), Sink::start());
    let before = everything_to(&gone.url("/hook")).replace("group_interval: 1s", "group_interval: 2m");
    let place = Place::new(&before);
    let server = Server::start(&place);
    gone.set_mood(Mood::Answers(503));
    server.take(&json!([firing(&[("alertname", "Orphan")])]));
    gone.expect("an attempt", SOON, |delivery| delivery.answered == Some(503));
    let after = before.replace("sink", "heir").replace(&gone.url("/hook"), &heir.url("/hook"));
    place.write("alertmanager.yml", &after);
    server.signal("HUP");
    until("the plan is adopted", SOON, || (adopted(&place) == 2).then_some(()));
    heir.expect("the alert", SOON, |delivery| delivery.tells("firing", "Orphan"));
    let settled =
        || place.of_kind("notice-failed").iter().any(|body| body["reason"].to_string().contains("sink")).then_some(());
    until("the old notice is on record as failed", SOON, settled);
    until("no notice is open", SOON, || (server.metric("evenkeel_notices_open") == 0.0).then_some(()));
    let (status, log) = server.stop();
    assert!(status.success(), "{log}");
    record::assert_whole(place.data());
}

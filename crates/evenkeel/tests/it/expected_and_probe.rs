//! What Evenkeel looks for by itself: alerts that have to keep coming, and addresses that have to answer.

use std::time::Duration;

use serde_json::json;

use crate::alerts::firing;
use crate::place::{Place, everything_to};
use crate::server::Server;
use crate::sink::{Mood, Sink};

const SOON: Duration = Duration::from_secs(15);

#[test]
fn an_alert_that_stays_away_is_raised_and_resolves_when_it_comes() {
    let sink = Sink::start();
    let place = Place::new(&everything_to(&sink.url("/hook")));
    let expected = "apiVersion: evenkeel/v1
kind: ExpectedAlert
metadata: { name: watchdog, labels: { severity: critical } }
spec: { matchers: ['alertname=\"Watchdog\"'], within: 2s }
";
    place.write("watchdog.yml", expected);
    let server = Server::start(&place);
    let raised = sink.expect("the absence", SOON, |delivery| delivery.tells("firing", "ExpectedAlertMissing"));
    let labels = &raised.body["alerts"][0]["labels"];
    assert_eq!((&labels["expected"], &labels["severity"]), (&json!("watchdog"), &json!("critical")));
    server.take(&json!([firing(&[("alertname", "Watchdog")])]));
    sink.expect("it is over", SOON, |delivery| delivery.tells("resolved", "ExpectedAlertMissing"));
    sink.expect("the watchdog itself", SOON, |delivery| delivery.tells("firing", "Watchdog"));
}

#[test]
fn an_absence_goes_on_over_a_restart() {
    let sink = Sink::start();
    let place = Place::new(&everything_to(&sink.url("/hook")));
    let expected = "apiVersion: evenkeel/v1
kind: ExpectedAlert
metadata: { name: watchdog }
spec: { matchers: ['alertname=\"Watchdog\"'], within: 1s }
";
    place.write("watchdog.yml", expected);
    let server = Server::start(&place);
    sink.expect("the absence", SOON, |delivery| delivery.tells("firing", "ExpectedAlertMissing"));
    server.kill();
    let server = Server::start(&place);
    let shown = server.get("/api/v2/alerts").json();
    assert_eq!(shown[0]["labels"]["alertname"], "ExpectedAlertMissing");
    server.take(&json!([firing(&[("alertname", "Watchdog")])]));
    sink.expect("it is over", SOON, |delivery| delivery.tells("resolved", "ExpectedAlertMissing"));
}

#[test]
fn a_probe_that_fails_is_told_and_so_is_its_recovery() {
    let (sink, probed) = (Sink::start(), Sink::start());
    let place = Place::new(&everything_to(&sink.url("/hook")));
    let probe = format!(
        "apiVersion: evenkeel/v1
kind: Probe
metadata: {{ name: shop, labels: {{ service: shop }} }}
spec: {{ url: '{}', interval: 200ms, timeout: 1s, failures: 2 }}
",
        probed.url("/health")
    );
    place.write("probe.yml", &probe);
    let server = Server::start(&place);
    assert!(probed.more_than(2, SOON), "it is asked again and again");
    assert_eq!(sink.count(), 0, "all is well");
    probed.set_mood(Mood::Answers(500));
    let failed = sink.expect("the failure", SOON, |delivery| delivery.tells("firing", "ProbeFailed"));
    assert_eq!(failed.body["alerts"][0]["labels"]["service"], "shop");
    probed.set_mood(Mood::Answers(200));
    sink.expect("the recovery", SOON, |delivery| delivery.tells("resolved", "ProbeFailed"));
    // One that hangs is bad as well.
    probed.set_mood(Mood::Hangs);
    let fired = |sink: &Sink| sink.count_where(|delivery| delivery.tells("firing", "ProbeFailed"));
    crate::patience::until("the second failure", SOON, || (fired(&sink) >= 2).then_some(()));
    assert!(server.stop().0.success());
}

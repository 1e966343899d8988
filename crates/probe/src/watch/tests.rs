//! One script of results per behaviour.

use evenkeel_model::ProbeExpect;
use proptest::prelude::*;

use super::*;

fn watch(failures: u32) -> Watch {
    Watch::new(Arc::new(Probe {
        name: "shop".into(),
        labels: LabelSet::new([("severity", "page"), ("team", "web")]),
        annotations: LabelSet::new([("runbook", "restart-shop"), ("summary", "replaced")]),
        url: "http://shop.example/".into(),
        interval: Duration::secs(30),
        timeout: Duration::secs(5),
        expect: ProbeExpect { status: 200, body: None, latency: None },
        failures,
    }))
}

fn result(text: &str) -> ProbeResult {
    let fault = match text.split(' ').next() {
        Some("good") => None,
        Some("slow") => Some(Fault::Latency),
        Some("503") => Some(Fault::Status(503)),
        Some("502") => Some(Fault::Status(502)),
        _ => Some(Fault::Connection),
    };
    let reason = if fault.is_some() { text.to_owned() } else { String::new() };
    ProbeResult { fault, reason, status: None, latency_ms: 1 }
}

/// Results half a minute apart, and what each changes and shows.
fn check(failures: u32, script: &[(&str, &str)]) {
    let mut watch = watch(failures);
    for (index, (text, expect)) in (1..).zip(script) {
        let now = Timestamp(index * 30_000);
        let transition = match watch.observe(&result(text), now) {
            None => String::new(),
            Some(Transition::Failed { reason }) => format!("failed: {reason}; "),
            Some(Transition::Recovered) => "recovered; ".to_owned(),
        };
        let shown = watch.alert(now).map_or_else(
            || "nothing".to_owned(),
            |alert| {
                let state = if alert.ends_at > now { "firing" } else { "resolved" };
                format!("{state} since {}: {}", alert.starts_at.0 / 1000, reason(&alert))
            },
        );
        assert_eq!(format!("{transition}{shown}"), *expect, "result {index}: {text}");
    }
}

#[test]
fn so_many_failures_in_a_row_raise_and_one_good_result_resolves() {
    check(
        3,
        &[
            ("good", "nothing"),
            ("503", "nothing"),
            ("503", "nothing"),
            ("good", "nothing"),
            ("503 a", "nothing"),
            ("503 b", "nothing"),
            ("503 c", "failed: 503 c; firing since 150: 503 c"),
            ("503 d", "firing since 150: 503 c"),
            ("good", "recovered; resolved since 150: 503 c"),
            ("good", "nothing"),
            ("503", "nothing"),
        ],
    );
}

#[test]
fn the_reason_stays_the_first_of_its_class_and_does_not_flicker() {
    check(
        1,
        &[
            ("slow 1200", "failed: slow 1200; firing since 30: slow 1200"),
            ("slow 1300", "firing since 30: slow 1200"),
            ("503", "firing since 30: slow 1200"),
            ("slow 1400", "firing since 30: slow 1200"),
            ("503", "firing since 30: slow 1200"),
            ("502", "firing since 30: slow 1200"),
            ("503 x", "firing since 30: slow 1200"),
            ("503 y", "firing since 30: 503 x"),
            ("refused", "firing since 30: 503 x"),
            ("good", "recovered; resolved since 30: 503 x"),
            ("refused", "failed: refused; firing since 330: refused"),
        ],
    );
}

#[test]
fn the_alert_carries_the_documents_labels_and_annotations() {
    let mut watch = watch(1);
    watch.observe(&result("503"), Timestamp(0));
    let alert = watch.alert(Timestamp(1000)).expect("failing");
    assert_eq!(alert.labels.to_string(), r#"{alertname="ProbeFailed", probe="shop", severity="page", team="web"}"#);
    assert_eq!(alert.annotations.to_string(), r#"{runbook="restart-shop", summary="shop: 503"}"#);
    assert_eq!(alert.ends_at, Timestamp(1000 + 4 * 30_000 + 5000));
}

/// What the alert says behind the probe's name.
fn reason(alert: &ProbeAlert) -> &str {
    alert.annotations.get("summary").strip_prefix("shop: ").expect("the probe's name")
}

#[test]
fn the_document_may_name_the_alert() {
    let mut named = (**watch(0).probe()).clone();
    named.labels = LabelSet::new([("alertname", "ShopDown"), ("probe", "other")]);
    let mut watch = Watch::new(Arc::new(named));
    assert!(watch.observe(&result("503"), Timestamp(0)).is_some(), "no failures needed reads as one");
    let labels = watch.alert(Timestamp(0)).expect("failing").labels;
    assert_eq!(labels.to_string(), r#"{alertname="ShopDown", probe="shop"}"#);
}

proptest! {
    /// Beside a plain count over the whole history.
    #[test]
    fn it_fires_exactly_from_enough_bad_results_to_the_next_good_one(
        failures in 1_u32..5, history in prop::collection::vec(0_usize..5, 0..60)
    ) {
        let mut watch = watch(failures);
        let (mut bad, mut firing) = (0, false);
        for (index, kind) in history.iter().enumerate() {
            let now = Timestamp(i64::try_from(index).unwrap());
            let transition = watch.observe(&result(["good", "slow", "503", "502", "refused"][*kind]), now);
            bad = if *kind == 0 { 0 } else { bad + 1 };
            let fires = bad >= failures;
            prop_assert_eq!(matches!(transition, Some(Transition::Failed { .. })), fires && !firing);
            prop_assert_eq!(transition == Some(Transition::Recovered), firing && !fires);
            prop_assert_eq!(watch.alert(now).is_some_and(|alert| alert.ends_at > now), fires);
            firing = fires;
        }
    }
}

//! Bodies compared as text, and any content at all.

use evenkeel_ids::{NoticeId, Seq};
use evenkeel_time::Timestamp;
use proptest::prelude::*;

use super::*;

fn alert(labels: LabelSet, annotations: LabelSet, ends_at: Option<i64>) -> MessageAlert {
    MessageAlert {
        labels,
        annotations,
        starts_at: Timestamp(1_795_000_000_120),
        ends_at: ends_at.map(Timestamp),
        generator_url: "http://prometheus.example/graph?g0.expr=up&g0.tab=1".into(),
    }
}

fn notice(group_labels: LabelSet, alerts: Vec<MessageAlert>) -> Message {
    Message {
        notice: NoticeId(Seq(7)),
        receiver: "team web".into(),
        integration: "webhook[0]".into(),
        group_key: "{}:{alertname=\"HighLatency\"}".to_owned(),
        group_labels,
        alerts,
        attempt: 1,
        not_after: Timestamp::MAX,
        idempotency_key: "0123456789abcdef".to_owned(),
    }
}

fn two() -> Message {
    let labels =
        |instance: &str| LabelSet::new([("alertname", "HighLatency"), ("instance", instance), ("severity", "page")]);
    let annotations = LabelSet::new([("summary", "p99 > 1s on \"orders\"\n\u{1}")]);
    let alerts = vec![
        alert(labels("a:9100"), annotations.clone(), None),
        alert(labels("b:9100"), annotations, Some(1_795_000_060_000)),
    ];
    notice(LabelSet::new([("alertname", "HighLatency")]), alerts)
}

fn json(message: &Message, max_alerts: u64) -> String {
    serde_json::to_string(&Data::new(message, max_alerts, "http://evenkeel.example")).unwrap()
}

#[test]
fn the_webhook_body_is_alertmanagers_version_4() {
    let expect = concat!(
        r#"{"receiver":"team web","status":"firing","alerts":["#,
        r#"{"status":"firing","labels":{"alertname":"HighLatency","instance":"a:9100","severity":"page"},"#,
        r#""annotations":{"summary":"p99 > 1s on \"orders\"\n\u0001"},"startsAt":"2026-11-18T11:06:40.12Z","#,
        r#""endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example/graph?g0.expr=up&g0.tab=1","#,
        r#""fingerprint":"FIRST"},"#,
        r#"{"status":"resolved","labels":{"alertname":"HighLatency","instance":"b:9100","severity":"page"},"#,
        r#""annotations":{"summary":"p99 > 1s on \"orders\"\n\u0001"},"startsAt":"2026-11-18T11:06:40.12Z","#,
        r#""endsAt":"2026-11-18T11:07:40Z","generatorURL":"http://prometheus.example/graph?g0.expr=up&g0.tab=1","#,
        r#""fingerprint":"SECOND"}],"#,
        r#""groupLabels":{"alertname":"HighLatency"},"#,
        r#""commonLabels":{"alertname":"HighLatency","severity":"page"},"#,
        r#""commonAnnotations":{"summary":"p99 > 1s on \"orders\"\n\u0001"},"#,
        r#""externalURL":"http://evenkeel.example","version":"4","#,
        r#""groupKey":"{}:{alertname=\"HighLatency\"}","truncatedAlerts":0}"#,
    );
    let message = two();
    let print = |index: usize| message.alerts[index].labels.fingerprint().to_string();
    assert_eq!(json(&message, 0), expect.replace("FIRST", &print(0)).replace("SECOND", &print(1)));
}

#[test]
fn what_finds_no_room_is_counted_and_shapes_nothing() {
    let body = json(&two(), 1);
    assert!(body.ends_with(r#""truncatedAlerts":1}"#), "{body}");
    let common = r#""commonLabels":{"alertname":"HighLatency","instance":"a:9100","severity":"page"}"#;
    assert!(body.contains(common), "{body}");
    assert!(json(&two(), 2).ends_with(r#""truncatedAlerts":0}"#));
    let nothing = json(&notice(LabelSet::default(), Vec::new()), 0);
    assert!(nothing.contains(r#""status":"resolved","alerts":[],"groupLabels":{},"commonLabels":{}"#), "{nothing}");
}

#[test]
fn the_subject_is_alertmanagers() {
    let message = two();
    assert_eq!(Data::new(&message, 0, "").subject(), "[FIRING:1] HighLatency (page)");
    let labels = LabelSet::new([("alertname", "X"), ("Zone", "eu"), ("job", "j")]);
    let resolved = vec![alert(labels.clone(), LabelSet::default(), Some(1))];
    let grouped = notice(LabelSet::new([("Zone", "eu")]), resolved.clone());
    assert_eq!(Data::new(&grouped, 0, "").subject(), "[RESOLVED] eu (X j)");
    let all = notice(labels, resolved.clone());
    assert_eq!(Data::new(&all, 0, "").subject(), "[RESOLVED] X eu j ");
    let none = notice(LabelSet::default(), resolved);
    assert_eq!(Data::new(&none, 0, "").subject(), "[RESOLVED]  (X eu j)");
}

#[test]
fn the_link_escapes_the_receivers_name() {
    let mut message = two();
    message.receiver = "a&b/ü #".into();
    assert_eq!(Data::new(&message, 0, "http://e").link(), "http://e/#/alerts?receiver=a%26b%2F%C3%BC+%23");
}

proptest! {
    /// Whatever the texts are, they come back as the same texts and add no field.
    #[test]
    fn any_content_stays_content(
        names in prop::collection::btree_set("\\PC{1,6}|[\u{0}-\u{1f}\"\\\\]{1,3}", 0..5), value in any::<String>()
    ) {
        let labels = LabelSet::new(names.iter().map(|name| (name.as_str(), value.as_str())));
        let message = notice(labels.clone(), vec![alert(labels.clone(), labels.clone(), None)]);
        let read: serde_json::Value = serde_json::from_str(&json(&message, 0)).unwrap();
        prop_assert_eq!(read.as_object().unwrap().len(), 10);
        let shown = serde_json::to_value(&labels).unwrap();
        prop_assert_eq!(&read["alerts"][0]["labels"], &shown);
        prop_assert_eq!(&read["commonAnnotations"], &shown);
        prop_assert_eq!(&read["groupLabels"], &shown);
    }
}

//! `/alerts/groups`: what fires, grouped as it is told.

use serde_json::{Value, json};

use crate::bench::Bench;

fn shape(groups: &Value) -> Vec<(String, String, usize)> {
    let text = |group: &Value, place: &str| group.pointer(place).and_then(Value::as_str).unwrap_or("").to_owned();
    let groups = groups.as_array().expect("a list").iter();
    groups
        .map(|g| {
            let alerts = g.get("alerts").and_then(Value::as_array).expect("a list").len();
            (text(g, "/receiver/name"), text(g, "/labels/alertname"), alerts)
        })
        .collect()
}

fn group(receiver: &str, name: &str, alerts: usize) -> (String, String, usize) {
    (receiver.to_owned(), name.to_owned(), alerts)
}

async fn filled() -> Bench {
    let bench = Bench::new();
    bench
        .alerts(&json!([
            {"labels": {"alertname": "A", "severity": "page", "instance": "1"}},
            {"labels": {"alertname": "A", "severity": "page", "instance": "2"}},
            {"labels": {"alertname": "B"}},
            {"labels": {"alertname": "N", "shift": "night"}},
        ]))
        .await;
    bench
}

#[tokio::test]
async fn groups_are_listed_by_labels_and_receiver() {
    let bench = filled().await;
    let all = [group("pager", "A", 2), group("team", "A", 2), group("team", "B", 1), group("night", "N", 1)];
    assert_eq!(shape(&bench.json("/api/v2/alerts/groups").await), all);
    assert_eq!(shape(&bench.json("/api/v2/alerts/groups?receiver=pager").await), [group("pager", "A", 2)]);
    let one = bench.json("/api/v2/alerts/groups?filter=instance%3D1").await;
    assert_eq!(shape(&one), [group("pager", "A", 1), group("team", "A", 1)]);
    assert_eq!(bench.json("/api/v2/alerts/groups?active=false&muted=false").await, json!([]));
}

#[tokio::test]
async fn a_group_is_shown_as_alertmanager_shows_it() {
    let bench = filled().await;
    let groups = bench.json("/api/v2/alerts/groups?filter=alertname%3DN").await;
    assert_eq!(
        groups,
        json!([{
            "alerts": [{
                "annotations": {},
                "endsAt": "2026-01-02T03:09:05.678Z",
                "fingerprint": groups[0]["alerts"][0]["fingerprint"],
                "receivers": [{"name": "night"}],
                "startsAt": "2026-01-02T03:04:05.678Z",
                "status": {"inhibitedBy": [], "mutedBy": ["always"], "silencedBy": [], "state": "suppressed"},
                "updatedAt": "2026-01-02T03:04:05.678Z",
                "labels": {"alertname": "N", "shift": "night"},
            }],
            "labels": {"alertname": "N"},
            "receiver": {"name": "night"},
        }])
    );
    let unmuted = bench.json("/api/v2/alerts/groups?muted=false").await;
    assert!(!shape(&unmuted).contains(&group("night", "N", 1)));
}

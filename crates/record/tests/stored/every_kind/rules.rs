//! Alerts of rules.

use evenkeel_labels::LabelSet;
use evenkeel_record::{Body, RuleAlert, RuleAlertState, RuleAlertsChanged, RuleRef};
use evenkeel_time::Timestamp;

use super::START;

pub(super) fn bodies() -> Vec<Body> {
    let alert = |job: &str, state, fired_at, kept_since| RuleAlert {
        labels: LabelSet::new([("alertname", "Down"), ("job", job)]),
        state,
        value: "0.5".into(),
        active_at: START,
        fired_at,
        kept_since,
    };
    let later = Some(Timestamp(START.0 + 300_000));
    vec![Body::RuleAlertsChanged(RuleAlertsChanged {
        rule: RuleRef {
            file: "rules/up.yml".into(),
            group: "up".into(),
            name: "Down".into(),
            labels: LabelSet::new([("severity", "page")]),
            nth: 1,
        },
        evaluated_at: START,
        alerts: vec![
            alert("a", RuleAlertState::Pending, None, None),
            alert("b", RuleAlertState::Firing, later, later),
            alert("c", RuleAlertState::Inactive, later, None),
        ],
    })]
}

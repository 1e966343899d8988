//! What changes of alerts, as it is on record, and back.

use std::sync::Arc;

use evenkeel_alert_template::shortest;
use evenkeel_record::{RuleAlert, RuleAlertState, RuleAlertsChanged, RuleRef};

use crate::{AlertChange, AlertState, RuleChange, RuleKey};

impl From<&RuleChange> for RuleAlertsChanged {
    fn from(change: &RuleChange) -> Self {
        let key = &change.rule;
        let alert = |alert: &AlertChange| RuleAlert {
            labels: alert.labels.clone(),
            state: match alert.state {
                AlertState::Inactive => RuleAlertState::Inactive,
                AlertState::Pending => RuleAlertState::Pending,
                AlertState::Firing => RuleAlertState::Firing,
            },
            value: shortest(alert.value).into(),
            active_at: alert.active_at,
            fired_at: alert.fired_at,
            kept_since: alert.kept_since,
        };
        Self {
            rule: RuleRef {
                file: Arc::clone(&key.file),
                group: Arc::clone(&key.group),
                name: Arc::clone(&key.name),
                labels: key.labels.clone(),
                nth: key.nth,
            },
            evaluated_at: change.at,
            alerts: change.alerts.iter().map(alert).collect(),
        }
    }
}

impl From<&RuleRef> for RuleKey {
    fn from(rule: &RuleRef) -> Self {
        Self {
            file: Arc::clone(&rule.file),
            group: Arc::clone(&rule.group),
            name: Arc::clone(&rule.name),
            labels: rule.labels.clone(),
            nth: rule.nth,
        }
    }
}

impl From<&RuleAlert> for AlertChange {
    /// A value that is none reads as NaN: it is shown only, and the next evaluation has another one.
    fn from(alert: &RuleAlert) -> Self {
        Self {
            labels: alert.labels.clone(),
            state: match alert.state {
                RuleAlertState::Inactive => AlertState::Inactive,
                RuleAlertState::Pending => AlertState::Pending,
                RuleAlertState::Firing => AlertState::Firing,
            },
            value: alert.value.parse().unwrap_or(f64::NAN),
            active_at: alert.active_at,
            fired_at: alert.fired_at,
            kept_since: alert.kept_since,
        }
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_labels::LabelSet;
    use evenkeel_time::Timestamp;

    use super::*;

    #[test]
    fn what_is_on_record_reads_back() {
        for value in [0.5, -1e300, f64::INFINITY, f64::NEG_INFINITY, 0.0] {
            let alert = AlertChange {
                labels: LabelSet::new([("alertname", "Down")]),
                state: AlertState::Firing,
                value,
                active_at: Timestamp(5),
                fired_at: Some(Timestamp(6)),
                kept_since: None,
            };
            let (file, group, name) = ("rules.yml".into(), "up".into(), "Down".into());
            let rule = RuleKey { file, group, name, labels: LabelSet::new([("severity", "page")]), nth: 2 };
            let change = RuleChange { rule, at: Timestamp(7), alerts: vec![alert] };
            let record = RuleAlertsChanged::from(&change);
            assert_eq!(RuleKey::from(&record.rule), change.rule);
            assert_eq!(record.alerts.iter().map(AlertChange::from).collect::<Vec<_>>(), change.alerts);
        }
    }
}

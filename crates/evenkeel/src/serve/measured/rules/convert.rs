//! What rules say in the terms of records and of the engine, and back.

use evenkeel_engine::IncomingAlert;
use evenkeel_record::{RuleAlert, RuleAlertState, RuleAlertsChanged, RuleRef};
use evenkeel_rules::{AlertChange, AlertState, RuleChange, RuleKey, SentAlert};

/// What is put on record of a change.
pub(super) fn recorded(change: &RuleChange) -> RuleAlertsChanged {
    let RuleKey { file, group, name, labels, nth } = change.rule.clone();
    let rule = RuleRef { file, group, name, labels, nth };
    RuleAlertsChanged { rule, evaluated_at: change.at, alerts: change.alerts.iter().map(alert).collect() }
}

fn alert(change: &AlertChange) -> RuleAlert {
    RuleAlert {
        labels: change.labels.clone(),
        state: match change.state {
            AlertState::Inactive => RuleAlertState::Inactive,
            AlertState::Pending => RuleAlertState::Pending,
            AlertState::Firing => RuleAlertState::Firing,
        },
        value: shown(change.value).into(),
        active_at: change.active_at,
        fired_at: change.fired_at,
        kept_since: change.kept_since,
    }
}

/// What a record says, for the state of rules.
pub(super) fn restored(rule: &RuleRef, alert: &RuleAlert) -> (RuleKey, AlertChange) {
    let RuleRef { file, group, name, labels, nth } = rule.clone();
    let change = AlertChange {
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
    };
    (RuleKey { file, group, name, labels, nth }, change)
}

/// An alert as any sender would send it; `None`, and said, when it is none.
pub(super) fn incoming(sent: &SentAlert) -> Option<IncomingAlert> {
    let alert = IncomingAlert {
        labels: sent.labels.clone(),
        annotations: sent.annotations.clone(),
        starts_at: Some(sent.starts_at),
        ends_at: Some(sent.ends_at),
        generator_url: sent.generator_url.as_str().into(),
    };
    match alert.validate() {
        Ok(()) => Some(alert),
        Err(error) => {
            tracing::error!(labels = %sent.labels, %error, "an alert of a rule is not valid");
            None
        }
    }
}

/// As Go prints it.
fn shown(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "+Inf".to_owned() } else { "-Inf".to_owned() };
    }
    value.to_string()
}

#[cfg(test)]
mod tests {
    use evenkeel_labels::LabelSet;
    use evenkeel_time::Timestamp;

    use super::*;

    #[test]
    fn what_is_put_on_record_comes_back_as_it_was() {
        let key = RuleKey {
            file: "rules.yml".into(),
            group: "shop".into(),
            name: "Late".into(),
            labels: LabelSet::new([("severity", "page")]),
            nth: 1,
        };
        for value in [0.5, -2e-9, 1e300, f64::INFINITY, f64::NEG_INFINITY] {
            let alert = AlertChange {
                labels: LabelSet::new([("alertname", "Late"), ("job", "shop")]),
                state: AlertState::Firing,
                value,
                active_at: Timestamp(5),
                fired_at: Some(Timestamp(6)),
                kept_since: None,
            };
            let change = RuleChange { rule: key.clone(), at: Timestamp(7), alerts: vec![alert.clone()] };
            let stored = recorded(&change);
            let back: Vec<_> = stored.alerts.iter().map(|alert| restored(&stored.rule, alert)).collect();
            assert_eq!(back, [(key.clone(), alert)]);
        }
    }
}

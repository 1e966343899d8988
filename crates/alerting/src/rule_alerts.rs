//! Pending and firing alerts of rules, as the records have them.
//!
//! Whoever evaluates rules holds their state and puts on record what changes; after a start it comes back from here.

use std::collections::BTreeMap;

use evenkeel_labels::LabelSet;
use evenkeel_record::{RuleAlert, RuleAlertState, RuleAlertsChanged, RuleRef};
use evenkeel_time::Duration;
use serde::{Deserialize, Serialize};

/// Pending and firing alerts, by rule and labels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleAlerts(BTreeMap<RuleRef, BTreeMap<LabelSet, RuleAlert>>);

impl RuleAlerts {
    /// Each with its rule, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&RuleRef, &RuleAlert)> {
        self.0.iter().flat_map(|(rule, alerts)| alerts.values().map(move |alert| (rule, alert)))
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What of a change is news: the rest needs no record.
    #[must_use]
    pub fn news(&self, mut change: RuleAlertsChanged) -> Option<RuleAlertsChanged> {
        let known = self.0.get(&change.rule);
        change.alerts.retain(|alert| match known.and_then(|known| known.get(&alert.labels)) {
            // The value alone is no news.
            Some(before) => RuleAlert { value: before.value.clone(), ..alert.clone() } != *before,
            None => alert.state != RuleAlertState::Inactive,
        });
        (!change.alerts.is_empty()).then_some(change)
    }

    pub(crate) fn apply(&mut self, change: &RuleAlertsChanged) {
        let known = self.0.entry(change.rule.clone()).or_default();
        for alert in &change.alerts {
            if alert.state == RuleAlertState::Inactive {
                known.remove(&alert.labels);
            } else {
                known.insert(alert.labels.clone(), alert.clone());
            }
        }
        if known.is_empty() {
            self.0.remove(&change.rule);
        }
    }

    /// Whether a record is about something that is still pending or fires.
    pub(crate) fn needs(&self, change: &RuleAlertsChanged) -> bool {
        let known = self.0.get(&change.rule);
        known.is_some_and(|known| change.alerts.iter().any(|alert| known.contains_key(&alert.labels)))
    }

    /// The wall clock moved.
    pub(crate) fn shift(&mut self, by: Duration) {
        for alert in self.0.values_mut().flat_map(BTreeMap::values_mut) {
            alert.active_at = alert.active_at + by;
            alert.fired_at = alert.fired_at.map(|at| at + by);
            alert.kept_since = alert.kept_since.map(|at| at + by);
        }
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_time::Timestamp;

    use super::*;

    fn change(state: RuleAlertState, active_at: i64, value: &str) -> RuleAlertsChanged {
        let labels = LabelSet::new([("alertname", "Down")]);
        let rule = RuleRef {
            file: "rules.yml".into(),
            group: "up".into(),
            name: "Down".into(),
            labels: LabelSet::default(),
            nth: 0,
        };
        let active_at = Timestamp(active_at);
        let alert = RuleAlert { labels, state, value: value.into(), active_at, fired_at: None, kept_since: None };
        RuleAlertsChanged { rule, evaluated_at: Timestamp(9), alerts: vec![alert] }
    }

    #[test]
    fn what_is_known_is_no_news_and_what_ended_is_not_known_any_more() {
        let mut known = RuleAlerts::default();
        let [pending, other, ended] = [
            change(RuleAlertState::Pending, 5, "1"),
            change(RuleAlertState::Pending, 5, "2"),
            change(RuleAlertState::Inactive, 5, "2"),
        ];
        assert_eq!(known.news(ended.clone()), None, "it never began");
        assert_eq!(known.news(pending.clone()), Some(pending.clone()));
        known.apply(&pending);
        assert_eq!((known.news(other), known.len(), known.needs(&pending)), (None, 1, true));
        known.shift(Duration(100));
        assert_eq!(known.iter().map(|(_, alert)| alert.active_at.0).collect::<Vec<_>>(), [105]);
        assert_eq!(known.news(ended.clone()), Some(ended.clone()));
        known.apply(&ended);
        assert!(known.is_empty() && !known.needs(&pending));
    }
}

//! Alerts that must keep coming: their absence is an alert.
//!
//! When each was last seen is a lease: after a start every one is given its full time again.

use std::collections::BTreeMap;

use evenkeel_alerting::{Alert, IncomingAlert, State};
use evenkeel_labels::LabelSet;
use evenkeel_model::{ExpectedAlert, Plan};
use evenkeel_time::{Duration, Timestamp};

/// An absence is looked at this often while it lasts, and said again like any sender does.
const AGAIN_AFTER: Duration = Duration::minutes(1);

/// When each expected alert is looked at next, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expected {
    due: BTreeMap<Box<str>, Timestamp>,
}

impl Expected {
    /// Takes over what the plan expects; what was expected before keeps its time.
    ///
    /// An absence that fires already is not given its full time again: it goes on until the alert comes.
    pub(crate) fn adopt(&mut self, plan: &Plan, alerts: &State, now: Timestamp) {
        let due = |expected: &ExpectedAlert| {
            let before = self.due.get(&expected.name).copied();
            let absent = alerts.alert_with(&absence(expected).labels).is_some_and(Alert::fires);
            let wait = if absent { AGAIN_AFTER } else { expected.within };
            (expected.name.clone(), before.unwrap_or(now + wait))
        };
        self.due = plan.expected_alerts.iter().map(due).collect();
    }

    /// What an incoming alert means to those who expect it: alerts about an absence that end now.
    pub(crate) fn seen(&mut self, plan: &Plan, alert: &IncomingAlert, now: Timestamp) -> Vec<IncomingAlert> {
        let mut over = Vec::new();
        let fires = alert.ends_at.is_none_or(|end| end > now);
        for expected in plan.expected_alerts.iter().filter(|expected| fires && expected.matchers.matches(&alert.labels))
        {
            self.due.insert(expected.name.clone(), now + expected.within);
            over.push(IncomingAlert { ends_at: Some(now), ..absence(expected) });
        }
        over
    }

    /// The absences that are due, each as the alert to raise.
    pub(crate) fn overdue(&mut self, plan: &Plan, now: Timestamp) -> Vec<IncomingAlert> {
        let mut absent = Vec::new();
        for expected in &plan.expected_alerts {
            let Some(due) = self.due.get_mut(&expected.name).filter(|due| **due <= now) else { continue };
            *due = now + AGAIN_AFTER;
            absent.push(IncomingAlert { ends_at: Some(now + AGAIN_AFTER * 3), ..absence(expected) });
        }
        absent
    }

    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.due.values().min().copied()
    }

    pub(crate) fn shift(&mut self, by: Duration) {
        self.due.values_mut().for_each(|due| *due = *due + by);
    }
}

fn absence(expected: &ExpectedAlert) -> IncomingAlert {
    let own = [("alertname", "ExpectedAlertMissing"), ("expected", &expected.name)];
    let within = expected.within;
    let summary = format!("no alert matching {} came within {within}", expected.matchers);
    IncomingAlert {
        labels: LabelSet::new(own.into_iter().chain(expected.labels.iter())),
        annotations: LabelSet::new([("summary", summary.as_str())].into_iter().chain(expected.annotations.iter())),
        ..IncomingAlert::default()
    }
}

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

/// How long each expected alert is waited for, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Expected {
    waits: BTreeMap<Box<str>, Wait>,
}

#[derive(Debug, Clone, Copy)]
struct Wait {
    /// When it is looked at next.
    due: Timestamp,
    /// How long it may stay away, as of when `due` was set.
    within: Duration,
}

impl Expected {
    /// Takes over what the plan expects. What was expected before is waited for since it was last seen; an absence
    /// that fires already goes on until the alert comes.
    pub(crate) fn adopt(&mut self, plan: &Plan, alerts: &State, now: Timestamp) {
        let wait = |expected: &ExpectedAlert| {
            let absent = alerts.alert_with(&absence(expected).labels).is_some_and(Alert::fires);
            let due = match self.waits.get(&expected.name) {
                Some(before) if absent => before.due,
                Some(before) => before.due + (expected.within - before.within),
                None if absent => now + AGAIN_AFTER,
                None => now + expected.within,
            };
            (expected.name.clone(), Wait { due, within: expected.within })
        };
        self.waits = plan.expected_alerts.iter().map(wait).collect();
    }

    /// What an incoming alert means to those who expect it: alerts about an absence that end now.
    pub(crate) fn seen(&mut self, plan: &Plan, alert: &IncomingAlert, now: Timestamp) -> Vec<IncomingAlert> {
        let mut over = Vec::new();
        let fires = alert.ends_at.is_none_or(|end| end > now);
        for expected in plan.expected_alerts.iter().filter(|expected| fires && expected.matchers.matches(&alert.labels))
        {
            let wait = Wait { due: now + expected.within, within: expected.within };
            self.waits.insert(expected.name.clone(), wait);
            over.push(IncomingAlert { ends_at: Some(now), ..absence(expected) });
        }
        over
    }

    /// The absences that are due, each as the alert to raise.
    pub(crate) fn overdue(&mut self, plan: &Plan, now: Timestamp) -> Vec<IncomingAlert> {
        let mut absent = Vec::new();
        for expected in &plan.expected_alerts {
            let Some(wait) = self.waits.get_mut(&expected.name).filter(|wait| wait.due <= now) else { continue };
            wait.due = now + AGAIN_AFTER;
            absent.push(IncomingAlert { ends_at: Some(now + AGAIN_AFTER * 3), ..absence(expected) });
        }
        absent
    }

    pub(crate) fn next(&self) -> Option<Timestamp> {
        self.waits.values().map(|wait| wait.due).min()
    }

    pub(crate) fn shift(&mut self, by: Duration) {
        self.waits.values_mut().for_each(|wait| wait.due = wait.due + by);
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

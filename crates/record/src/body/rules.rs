//! Alerts of rules that are evaluated here: what of them has to be known after a start.
//!
//! A firing alert is on record twice: as an alert like any other, and here as one of a rule, with since when it holds. What
//! has not to be known again is not here: that it was sent again, and the value at each evaluation.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

/// A rule. Whoever renames it makes a new one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleRef {
    /// The file's path in the ops repo.
    pub file: Arc<str>,
    /// The group's name.
    pub group: Arc<str>,
    /// The alert's name.
    pub name: Arc<str>,
    /// The labels of the rule as written: of alerts with one name they tell which is which.
    pub labels: LabelSet,
    /// Of several with all that the same, which; from 0.
    pub nth: u32,
}

/// Alerts of a rule are something else than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleAlertsChanged {
    /// Of which rule.
    pub rule: RuleRef,
    /// The instant of the evaluation.
    pub evaluated_at: Timestamp,
    /// The alerts, by labels; each once.
    pub alerts: Vec<RuleAlert>,
}

/// What is with an alert of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleAlertState {
    /// It does not hold any more.
    Inactive,
    /// It holds, not for long enough.
    Pending,
    /// It fires.
    Firing,
}

/// What an alert of a rule is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleAlert {
    /// Which.
    pub labels: LabelSet,
    /// What is with it.
    pub state: RuleAlertState,
    /// The value then, as Go prints it: `0.5`, `+Inf`.
    pub value: Box<str>,
    /// Since when the expression holds. Time in which nobody evaluated it does not count.
    pub active_at: Timestamp,
    /// Since when it fires.
    pub fired_at: Option<Timestamp>,
    /// Since when it fires only because of `keep_firing_for`.
    pub kept_since: Option<Timestamp>,
}

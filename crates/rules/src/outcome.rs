//! What an evaluation is told, and what comes of it.

use evenkeel_labels::LabelSet;
use evenkeel_metric::Batch;
use evenkeel_promql_eval::{Limits, Stop};
use evenkeel_time::{Duration, Timestamp};

use crate::{AlertState, RuleKey};

/// What an evaluation is told besides the rules.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What one expression may use.
    pub limits: &'a Limits,
    /// Asked now and then whether to go on.
    pub stop: &'a dyn Stop,
    /// Labels that every alert gets that does not have them itself; `$externalLabels` of templates.
    pub external_labels: &'a LabelSet,
    /// Where people find this server; `$externalURL` of templates, and where alerts lead.
    pub external_url: &'a str,
    /// A firing alert is sent again after so long.
    pub resend_after: Duration,
    /// A firing alert's annotations are filled in anew after so long, when it is sent; zero: at every evaluation. Each
    /// time they say something else is a change on record, so a value in them should not cost a record a minute.
    pub annotate_after: Duration,
    /// Told of each group, by its place in the set, when its rules are evaluated.
    pub finished: &'a dyn Fn(usize),
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").field("external_url", &self.external_url).finish_non_exhaustive()
    }
}

/// What came of an evaluation.
#[derive(Debug, Default)]
pub struct Evaluated {
    /// What was recorded, to be appended to the store: series, `ALERTS`, `ALERTS_FOR_STATE`, and the marks of those that
    /// ended.
    pub recorded: Batch,
    /// Alerts to be sent, in the order of the rules.
    pub alerts: Vec<SentAlert>,
    /// What changed, to be put on record before anything is told of it.
    pub changes: Vec<RuleChange>,
    /// What could not be evaluated. Its alerts stay as they are.
    pub problems: Vec<Problem>,
    /// Groups that were evaluated.
    pub runs: Vec<GroupRun>,
    /// Samples that were read by expressions.
    pub samples_read: u64,
}

/// An alert to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentAlert {
    /// What it is.
    pub labels: LabelSet,
    /// What is said about it.
    pub annotations: LabelSet,
    /// Since when it fires.
    pub starts_at: Timestamp,
    /// When it ended; of one that fires, when it counts as ended if nothing more is heard.
    pub ends_at: Timestamp,
    /// Where the expression is shown.
    pub generator_url: String,
}

/// The alerts of a rule that are something else than before.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleChange {
    /// Of which rule.
    pub rule: RuleKey,
    /// The instant of the evaluation.
    pub at: Timestamp,
    /// The alerts, by labels.
    pub alerts: Vec<AlertChange>,
}

/// What an alert is now.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertChange {
    /// Which.
    pub labels: LabelSet,
    /// What is with it.
    pub state: AlertState,
    /// The value.
    pub value: f64,
    /// Since when the expression holds.
    pub active_at: Timestamp,
    /// Since when it fires.
    pub fired_at: Option<Timestamp>,
    /// Since when it fires only because of `keep_firing_for`.
    pub kept_since: Option<Timestamp>,
}

/// A rule that could not be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which.
    pub rule: RuleKey,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub error: String,
}

/// A group that was evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRun {
    /// Its place in the set.
    pub group: usize,
    /// The instant of the evaluation.
    pub at: Timestamp,
    /// Evaluations that were left out before this one.
    pub missed: u64,
    /// Samples that its rules gave.
    pub samples: usize,
}

//! Rules of Prometheus: what raises alerts, and what is computed ahead for it.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_time::Duration;

use crate::document::Language;

/// What a rule makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// Alerts.
    Alerting,
    /// A metric.
    Recording,
}

/// When a group of rules is evaluated, and what bounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    /// Between two evaluations; `None`: the server's.
    pub interval: Option<Duration>,
    /// So far before the instant of an evaluation its data is asked for; `None`: the server's.
    pub query_offset: Option<Duration>,
    /// So many alerts or series one rule may give; 0: any number.
    pub limit: u64,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The file's path, relative to the ops repo.
    pub file: Arc<str>,
    /// The group's name, unique in the file.
    pub group: Arc<str>,
    /// When the group is evaluated.
    pub pace: Pace,
    /// What the expression is written in; those in another language than PromQL are evaluated by nobody here.
    pub language: Language,
    /// What it makes.
    pub kind: RuleKind,
    /// The name of the alert, or of the metric that is recorded.
    pub name: Arc<str>,
    /// The expression, in PromQL.
    pub expr: Arc<str>,
    /// How long the expression has to hold before the alert fires.
    pub holds_for: Duration,
    /// How long the alert fires on once the expression does not hold any more.
    pub keep_firing_for: Duration,
    /// Labels that are added; a value with `{{` is a template.
    pub labels: LabelSet,
    /// Labels that are taken away: those with an empty value. Sorted.
    pub unlabelled: Vec<Box<str>>,
    /// Annotations; a value with `{{` is a template.
    pub annotations: LabelSet,
}

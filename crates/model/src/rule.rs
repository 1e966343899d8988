//! Rules of Prometheus: what raises alerts, and what is computed ahead for it.

use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_time::Duration;

/// What a rule makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// Alerts.
    Alerting,
    /// A metric.
    Recording,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The file's path, relative to the ops repo.
    pub file: Arc<str>,
    /// The group's name, unique in the file.
    pub group: Arc<str>,
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
    /// Annotations; a value with `{{` is a template.
    pub annotations: LabelSet,
}

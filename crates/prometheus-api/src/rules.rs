//! Rules as the API shows them. Whoever evaluates them fills these in.

use evenkeel_labels::LabelSet;
use evenkeel_time::{Duration, Timestamp};

/// Rules and their alerts, as they are now.
pub trait RulesView {
    /// The groups, in the order of their files and within them.
    fn groups(&self) -> Vec<RuleGroup>;
}

/// A server without rules.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRules;

impl RulesView for NoRules {
    fn groups(&self) -> Vec<RuleGroup> {
        Vec::new()
    }
}

/// Rules that are evaluated together.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleGroup {
    /// Its name.
    pub name: String,
    /// The file that it is in.
    pub file: String,
    /// Between two evaluations.
    pub interval: Duration,
    /// The most alerts or series that one rule of it may give; 0: any.
    pub limit: u64,
    /// How long the last evaluation took. Units: seconds.
    pub evaluation_seconds: f64,
    /// When it was evaluated last.
    pub evaluated_at: Option<Timestamp>,
    /// Its rules in their order.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// It raises alerts.
    Alerting(AlertingRule),
    /// It records series.
    Recording(RecordingRule),
}

/// A rule that raises alerts.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertingRule {
    /// Its name.
    pub name: String,
    /// Its expression.
    pub query: String,
    /// `for`
    pub held_for: Duration,
    /// `keep_firing_for`
    pub keep_firing_for: Duration,
    /// Labels that its alerts get.
    pub labels: LabelSet,
    /// Annotations that its alerts get, as written.
    pub annotations: LabelSet,
    /// Its alerts, pending and firing.
    pub alerts: Vec<ActiveAlert>,
    /// How the last evaluation went.
    pub health: Health,
    /// How long it took. Units: seconds.
    pub evaluation_seconds: f64,
    /// When it was.
    pub evaluated_at: Option<Timestamp>,
}

/// A rule that records series.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordingRule {
    /// The name of what is recorded.
    pub name: String,
    /// Its expression.
    pub query: String,
    /// Labels that its series get.
    pub labels: LabelSet,
    /// How the last evaluation went.
    pub health: Health,
    /// How long it took. Units: seconds.
    pub evaluation_seconds: f64,
    /// When it was.
    pub evaluated_at: Option<Timestamp>,
}

/// How an evaluation went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Health {
    /// There was none yet.
    #[default]
    Unknown,
    /// Well.
    Good,
    /// It failed; why.
    Bad(String),
}

/// An alert of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct ActiveAlert {
    /// Its labels.
    pub labels: LabelSet,
    /// Its annotations, filled in.
    pub annotations: LabelSet,
    /// How far it is.
    pub state: AlertState,
    /// Since when its condition holds.
    pub active_at: Timestamp,
    /// Since when it is kept although its condition does not hold any more.
    pub keep_firing_since: Option<Timestamp>,
    /// The value of the expression.
    pub value: f64,
}

/// How far an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlertState {
    /// Its condition does not hold.
    Inactive,
    /// Its condition holds, not long enough yet.
    Pending,
    /// Its condition holds for long enough.
    Firing,
}

impl AlertState {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Inactive => "inactive",
            Self::Pending => "pending",
            Self::Firing => "firing",
        }
    }
}

impl AlertingRule {
    /// The state of the alert that is furthest.
    #[must_use]
    pub fn state(&self) -> AlertState {
        self.alerts.iter().map(|alert| alert.state).max().unwrap_or(AlertState::Inactive)
    }
}

impl Rule {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Alerting(rule) => &rule.name,
            Self::Recording(rule) => &rule.name,
        }
    }

    pub(crate) const fn labels(&self) -> &LabelSet {
        match self {
            Self::Alerting(rule) => &rule.labels,
            Self::Recording(rule) => &rule.labels,
        }
    }
}

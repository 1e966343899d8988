//! Probes: what Evenkeel asks for itself.

use evenkeel_labels::LabelSet;
use evenkeel_time::Duration;

/// An HTTP check that raises an alert like any sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The document's name; becomes the label `probe`.
    pub name: Box<str>,
    /// Further labels of the alert; `alertname` is `ProbeFailed` unless given here.
    pub labels: LabelSet,
    /// Annotations of the alert, besides `summary`, which says what was seen.
    pub annotations: LabelSet,
    /// What to GET.
    pub url: Box<str>,
    /// How often.
    pub interval: Duration,
    /// How long one try may take.
    pub timeout: Duration,
    /// What counts as good.
    pub expect: ProbeExpect,
    /// So many bad results in a row raise the alert, and one good one resolves it.
    pub failures: u32,
}

/// What a good answer looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbeExpect {
    /// The HTTP status.
    pub status: u16,
    /// A text the body must contain.
    pub body: Option<Box<str>>,
    /// The longest time to the whole answer.
    pub latency: Option<Duration>,
}

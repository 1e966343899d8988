//! The watcher watched: heartbeats out, expected alerts in.

use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_time::Duration;

/// An address that is pinged only while accept, commit and notify work.
///
/// Whoever stands at the address tells people when the pings stay away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heartbeat {
    /// The document's name.
    pub name: Box<str>,
    /// What to GET.
    pub url: Box<str>,
    /// How often.
    pub interval: Duration,
}

/// An alert that must keep coming, such as Prometheus's `Watchdog`; its absence raises an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedAlert {
    /// The document's name; becomes the label `expected`.
    pub name: Box<str>,
    /// Which alerts count as it.
    pub matchers: Matchers,
    /// How long it may stay away.
    pub within: Duration,
    /// Further labels of the alert raised; `alertname` is `ExpectedAlertMissing` unless given here.
    pub labels: LabelSet,
    /// Annotations of the alert raised.
    pub annotations: LabelSet,
}

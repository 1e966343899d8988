//! Service level objectives.

use std::sync::Arc;

use evenkeel_time::Duration;

/// What share of events is to be good, over which time.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// Its name.
    pub name: Arc<str>,
    /// The workload it is about, when one has the service's name.
    pub workload: Option<Arc<str>>,
    /// Over which time.
    pub window: Option<Duration>,
    /// The strictest target. Units: ratio from 0 to 1.
    pub target: f64,
}

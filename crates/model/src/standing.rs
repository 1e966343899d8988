//! What documents say that nothing is decided by: who owns them, what is tested, which signals are promised.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::DocumentRef;

/// What documents say that nothing is decided by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Owners of documents that work without one, by kind as written and name.
    pub owners: BTreeMap<(&'static str, Arc<str>), DocumentRef>,
    /// Names of alerts that a unit test of rules speaks of.
    pub tested_alerts: BTreeSet<Arc<str>>,
    /// Names of routing tests.
    pub routing_tests: BTreeSet<Arc<str>>,
    /// Signal contracts.
    pub signal_contracts: BTreeMap<Arc<str>, SignalContract>,
}

/// The metrics that a workload promises to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalContract {
    /// Whose signals they are.
    pub workload: Option<Arc<str>>,
    /// Which, in the order of the file.
    pub metrics: Vec<PromisedMetric>,
}

/// A metric that is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromisedMetric {
    /// Its name, as PromQL selects it.
    pub name: Arc<str>,
    /// Labels that can have a few values only, with those.
    pub labels: Vec<(Arc<str>, Vec<Arc<str>>)>,
}

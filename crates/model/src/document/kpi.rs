//! `kind: Kpi` as parsed: an outcome, what measures it, and where that should be.

use evenkeel_diagnostic::Written;

use super::Name;
use crate::KpiTarget;

/// `kind: Kpi`.
#[derive(Debug, Clone)]
pub struct KpiDocument {
    /// `outcome`: what it says of the outcome.
    pub outcome: Box<str>,
    /// `goal`: the goal that it measures.
    pub goal: Name,
    /// `workload`: what brings it about.
    pub workload: Option<Name>,
    /// `query`, in PromQL.
    pub query: Written,
    /// `target`.
    pub target: KpiTarget,
    /// `unit`, for people.
    pub unit: Option<Box<str>>,
}

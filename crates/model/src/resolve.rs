//! Documents become a plan.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_ids::PlanHash;

use crate::Plan;
use crate::document::Documents;

/// What to do about a receiver type we do not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It is an error.
    Refuse,
    /// It is a finding; the rest is served.
    Allow,
}

/// The result of resolving: a plan unless a diagnostic blocks, and everything found.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The plan, when nothing blocks.
    pub plan: Option<Plan>,
    /// Errors and findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Resolves documents: fills in defaults, looks up names, and judges what is there.
///
/// `hash` names the plan; [`plan_hash`](crate::plan_hash) computes it.
#[must_use]
pub fn resolve(_documents: Documents, _hash: PlanHash, _missing: Missing) -> Resolved {
    Resolved { plan: None, diagnostics: Vec::new() }
}

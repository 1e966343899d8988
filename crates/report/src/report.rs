//! What a check comes to, for every way of showing it.

use evenkeel_check::Allowed;
use evenkeel_diagnostic::{Diagnostic, Severity, Sources};
use evenkeel_time::Timestamp;

/// What a check comes to.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What is wrong and nobody allowed.
    pub diagnostics: &'a [Diagnostic],
    /// What is wrong and somebody allowed.
    pub allowed: &'a [Allowed],
    /// The files, without what is secret.
    pub sources: &'a Sources,
    /// What stands before every path for somebody outside of the ops repo, such as `ops/`; may be empty.
    pub root: &'a str,
    /// The instant at which the repo was judged.
    pub at: Timestamp,
    /// The plan's hash, when there is a plan.
    pub plan: Option<&'a str>,
    /// The version of Evenkeel.
    pub version: &'a str,
}

/// The word for how bad it is.
#[must_use]
pub const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Finding => "finding",
    }
}

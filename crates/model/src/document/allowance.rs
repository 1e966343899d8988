//! `kind: Allowance` as parsed: a finding that is known and accepted for a while.

use evenkeel_diagnostic::Spanned;
use evenkeel_time::Timestamp;

use super::Text;

/// `kind: Allowance`.
#[derive(Debug, Clone)]
pub struct AllowanceDocument {
    /// `code`: which finding.
    pub code: Text,
    /// `in`: paths and patterns such as `legacy/**`; empty: everywhere.
    pub paths: Vec<Text>,
    /// `names`: what stands in back-ticks in the headline; empty: any.
    pub names: Vec<Text>,
    /// `reason`.
    pub reason: Text,
    /// `until`: the first instant at which it does not hold any more.
    pub until: Spanned<Timestamp>,
}

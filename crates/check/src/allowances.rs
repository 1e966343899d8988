//! Findings that are known and accepted for a while.
//!
//! An allowance takes findings away while it holds, by code, place and what is named in the headline. It never takes
//! an error away. What is wrong with an allowance itself is said here too, and cannot be allowed.

mod allowed_error;
mod application;
mod expired;
mod pattern;
mod too_many;
mod unknown_code;
mod unused;

pub use application::Allowed;
pub(crate) use application::{Applied, Outcome, apply};

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::document::{AllowanceDocument, Declared};

use crate::Repo;

/// One allowance with what came of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case<'a> {
    allowance: &'a Declared<AllowanceDocument>,
    outcome: Outcome,
    /// Whether everything that could be found would have been found.
    whole: bool,
}

/// Says at most one thing about an allowance.
type Judgement = fn(&Case<'_>) -> Option<Diagnostic>;

/// The first that has something to say is heard.
const JUDGEMENTS: [Judgement; 5] =
    [unknown_code::check, too_many::check, expired::check, allowed_error::check, unused::check];

/// What is wrong with the allowances themselves.
pub(crate) fn check(repo: &Repo<'_>, applied: &Applied) -> Vec<Diagnostic> {
    let blocked = applied.kept.iter().any(Diagnostic::blocks);
    let whole = repo.is_whole() && !blocked;
    let cases = repo.documents.allowances.iter().zip(&applied.outcomes);
    let cases = cases.map(|(allowance, outcome)| Case { allowance, outcome: *outcome, whole });
    cases.filter_map(|case| JUDGEMENTS.iter().find_map(|judgement| judgement(&case))).collect()
}

//! Everything that is wrong with an ops repo, joined: what reading and resolving said, and what is found besides.

use evenkeel_diagnostic::{Diagnostic, Sources};

use crate::{Repo, check};

/// What is wrong with an ops repo.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// What nobody allowed, by place.
    pub kept: Vec<Diagnostic>,
}

/// Judges a repo, of which reading and resolving already said something.
#[must_use]
pub fn judge(repo: &Repo<'_>, _sources: &Sources, said: &[Diagnostic]) -> Judged {
    let mut kept = check(repo);
    kept.extend_from_slice(said);
    kept.sort_by(|a, b| order(a).cmp(&order(b)));
    Judged { kept }
}

/// By place; what is said of one place, by what is said.
fn order(diagnostic: &Diagnostic) -> impl Ord + '_ {
    (diagnostic.primary.span, diagnostic.severity, diagnostic.code, diagnostic.headline.as_str())
}

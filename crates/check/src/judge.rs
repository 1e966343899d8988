//! Everything that is wrong with an ops repo, joined: what reading and resolving said, and what is found besides.

use evenkeel_diagnostic::{Diagnostic, Sources};

use crate::allowances::{self, Allowed, Applied};
use crate::{Repo, check};

/// What is wrong with an ops repo.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// What nobody allowed, by place.
    pub kept: Vec<Diagnostic>,
    /// What somebody allowed, by place.
    pub allowed: Vec<Allowed>,
}

/// Judges a repo, of which reading and resolving already said something.
#[must_use]
pub fn judge(repo: &Repo<'_>, sources: &Sources, said: &[Diagnostic]) -> Judged {
    let mut diags = check(repo);
    diags.extend_from_slice(said);
    let applied = allowances::apply(&repo.documents.allowances, sources, repo.at, diags);
    let own = allowances::check(repo, &applied);
    let Applied { mut kept, mut allowed, .. } = applied;
    kept.extend(own);
    kept.sort_by(|a, b| order(a).cmp(&order(b)));
    allowed.sort_by(|a, b| order(&a.diagnostic).cmp(&order(&b.diagnostic)));
    Judged { kept, allowed }
}

/// By place; what is said of one place, by what is said.
fn order(diagnostic: &Diagnostic) -> impl Ord + '_ {
    (diagnostic.primary.span, diagnostic.severity, diagnostic.code, diagnostic.headline.as_str())
}

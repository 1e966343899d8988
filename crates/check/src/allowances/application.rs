//! Takes away what is allowed, and counts what each allowance met.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Severity, SourceId, Sources, Span};
use evenkeel_model::document::{AllowanceDocument, Declared};
use evenkeel_time::Timestamp;

use super::pattern;

/// So often at most are an allowance and a file compared; what is left is said. More than two thousand allowances of one
/// code would have to meet it in a thousand files.
const COMPARISONS_MAX: usize = 2_000_000;

/// A finding that somebody allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// What is found.
    pub diagnostic: Diagnostic,
    /// The allowance's name.
    pub allowance: Box<str>,
    /// Where the allowance is declared: its name.
    pub place: Span,
    /// Why it is allowed.
    pub reason: Box<str>,
    /// The first instant at which it is not allowed any more.
    pub until: Timestamp,
}

/// What one allowance met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Outcome {
    /// Findings.
    pub(super) findings: usize,
    /// Errors, which stay.
    pub(super) errors: usize,
    /// Its time is over, so the findings stay too.
    pub(super) is_over: bool,
    /// Findings that nothing else allows, now that its time is over.
    pub(super) again: usize,
    /// Nobody looked further.
    pub(super) cut_short: bool,
}

/// What allowances come to.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    pub(crate) kept: Vec<Diagnostic>,
    pub(crate) allowed: Vec<Allowed>,
    /// Shape: one for each allowance, in their order.
    pub(super) outcomes: Vec<Outcome>,
}

/// Parts the diagnostics by the allowances that hold at that instant.
pub(crate) fn apply(
    allowances: &[Declared<AllowanceDocument>],
    sources: &Sources,
    at: Timestamp,
    diagnostics: Vec<Diagnostic>,
) -> Applied {
    let outcome = |allowance: &Declared<AllowanceDocument>| Outcome {
        is_over: *allowance.spec.until <= at,
        ..Outcome::default()
    };
    let mut applied = Applied { outcomes: allowances.iter().map(outcome).collect(), ..Applied::default() };
    let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, allowance) in allowances.iter().enumerate() {
        by_code.entry(&allowance.spec.code).or_default().push(index);
    }
    let mut matching = Matching { allowances, sources, comparisons: 0, in_file: BTreeMap::new() };
    for diagnostic in diagnostics {
        let candidates = by_code.get(diagnostic.code).map(Vec::as_slice).unwrap_or_default();
        match matching.first(&diagnostic, candidates, &mut applied.outcomes) {
            Some(allowance) => applied.allowed.push(allowed(diagnostic, allowance)),
            None => applied.kept.push(diagnostic),
        }
    }
    applied
}

fn allowed(diagnostic: Diagnostic, allowance: &Declared<AllowanceDocument>) -> Allowed {
    let AllowanceDocument { reason, until, .. } = &allowance.spec;
    Allowed {
        diagnostic,
        allowance: allowance.name.value.clone(),
        place: allowance.name.span,
        reason: reason.value.clone(),
        until: until.value,
    }
}

struct Matching<'a> {
    allowances: &'a [Declared<AllowanceDocument>],
    sources: &'a Sources,
    comparisons: usize,
    /// By file, then by allowance: whether its patterns take that file.
    in_file: BTreeMap<(SourceId, usize), bool>,
}

impl<'a> Matching<'a> {
    /// The first allowance that takes the finding away; all that could are counted as used.
    fn first(
        &mut self,
        diagnostic: &Diagnostic,
        candidates: &[usize],
        outcomes: &mut [Outcome],
    ) -> Option<&'a Declared<AllowanceDocument>> {
        let (mut first, mut over) = (None, Vec::new());
        for index in candidates {
            let (Some(allowance), Some(outcome)) = (self.allowances.get(*index), outcomes.get_mut(*index)) else {
                continue;
            };
            if self.comparisons >= COMPARISONS_MAX {
                outcome.cut_short = true;
                continue;
            }
            self.comparisons += 1;
            if !names(allowance, diagnostic) || !self.is_in(allowance, *index, diagnostic) {
                continue;
            }
            match diagnostic.severity {
                Severity::Error => outcome.errors += 1,
                Severity::Finding => {
                    outcome.findings += 1;
                    if outcome.is_over {
                        over.push(*index);
                    } else {
                        first = first.or(Some(allowance));
                    }
                }
            }
        }
        if first.is_none() {
            for index in over {
                outcomes.get_mut(index).into_iter().for_each(|outcome| outcome.again += 1);
            }
        }
        first
    }

    fn is_in(&mut self, allowance: &Declared<AllowanceDocument>, index: usize, diagnostic: &Diagnostic) -> bool {
        let paths = &allowance.spec.paths;
        let id = diagnostic.primary.span.source;
        let Some(source) = self.sources.get(id) else { return paths.is_empty() };
        let matches = || paths.is_empty() || paths.iter().any(|pattern| pattern::takes(pattern, &source.path));
        *self.in_file.entry((id, index)).or_insert_with(matches)
    }
}

/// Whether one of the names stands in back-ticks in the headline.
fn names(allowance: &Declared<AllowanceDocument>, diagnostic: &Diagnostic) -> bool {
    let names = &allowance.spec.names;
    let mut named = diagnostic.headline.split('`').skip(1).step_by(2);
    names.is_empty() || named.any(|named| names.iter().any(|name| &*name.value == named))
}

//! All tests of an ops repo.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::Plan;
use evenkeel_model::document::Documents;

use crate::coverage::Coverage;
use crate::judge::judge;
use crate::play::{Played, play};

/// How a case went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResult {
    /// The document's name.
    pub document: Box<str>,
    /// The case's name.
    pub name: Arc<str>,
    /// Where it is written: its name.
    pub place: Span,
    /// What came out otherwise; empty: it passed.
    pub failures: Vec<Diagnostic>,
    /// What became of its alerts, when it could be played.
    pub played: Option<Played>,
}

/// How all tests went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Cases, in the order of the files.
    pub cases: Vec<CaseResult>,
    /// What the tests touch.
    pub coverage: Coverage,
}

impl CaseResult {
    /// Whether everything came out as expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Plays every case whose document or name contains `filter`. Cases do not touch each other.
#[must_use]
pub fn run(plan: &Arc<Plan>, documents: &Documents, filter: &str) -> Report {
    let mut cases = Vec::new();
    for document in &documents.routing_tests {
        for case in &document.spec.cases {
            if !case.name.value.contains(filter) && !document.name.value.contains(filter) {
                continue;
            }
            let outcome = play(plan, case);
            cases.push(CaseResult {
                document: document.name.value.clone(),
                name: Arc::clone(&case.name.value),
                place: case.name.span,
                failures: judge(case, &outcome),
                played: outcome.ok(),
            });
        }
    }
    let coverage = Coverage::of(plan, documents, cases.iter().filter_map(|case| case.played.as_ref()));
    Report { cases, coverage }
}

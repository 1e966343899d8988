//! A problem as our own API shows it.

use evenkeel_incident::Problem;
use evenkeel_record::ProblemCause;
use serde::Serialize;

use crate::instant::Instant;

/// A problem as our own API shows it.
#[derive(Debug, Serialize)]
pub(super) struct ShownProblem {
    id: String,
    title: Box<str>,
    cause: ProblemCause,
    incidents: Vec<String>,
    opened_at: Instant,
    resolved_at: Option<Instant>,
    reason: Option<Box<str>>,
}

impl ShownProblem {
    pub(super) fn of(problem: &Problem) -> Self {
        let (resolved_at, reason) = problem.resolved.clone().unzip();
        Self {
            id: problem.id.to_string(),
            title: problem.title.clone(),
            cause: problem.cause,
            incidents: problem.incidents.iter().map(ToString::to_string).collect(),
            opened_at: Instant(problem.opened_at),
            resolved_at: resolved_at.map(Instant),
            reason,
        }
    }
}

//! A problem as our own API shows it.

use evenkeel_incident::Problem;
use evenkeel_record::ProblemCause;
use schemars::JsonSchema;
use serde::Serialize;

use crate::instant::Instant;
use crate::openapi::shapes::CauseWord;

/// A problem as our own API shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "IncidentProblem")]
pub(super) struct ShownProblem {
    id: String,
    title: Box<str>,
    #[schemars(with = "CauseWord")]
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

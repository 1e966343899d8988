//! What people say about problems.

use evenkeel_ids::{IncidentId, ProblemId};
use evenkeel_record::{Body, ProblemCause, ProblemLinked, ProblemOpened, ProblemResolved};

use super::{CommandRefusal, Subject};
use crate::decision::{Context, Decision};

pub(super) fn open(
    cx: &Context<'_>,
    title: &str,
    incidents: &[IncidentId],
    decision: &mut Decision,
) -> Result<Subject, CommandRefusal> {
    if let Some(unknown) = incidents.iter().find(|id| cx.state.incident(**id).is_none()) {
        return Err(CommandRefusal::UnknownIncident(*unknown));
    }
    let body = ProblemOpened { title: title.into(), incidents: incidents.to_vec(), cause: ProblemCause::Person };
    Ok(Subject::Problem(ProblemId(decision.record(Body::ProblemOpened(body)))))
}

pub(super) fn link(
    cx: &Context<'_>,
    id: ProblemId,
    incident: IncidentId,
    decision: &mut Decision,
) -> Result<Subject, CommandRefusal> {
    unresolved(cx, id)?;
    if cx.state.incident(incident).is_none() {
        return Err(CommandRefusal::UnknownIncident(incident));
    }
    decision.record(Body::ProblemLinked(ProblemLinked { problem: id, incident }));
    Ok(Subject::Problem(id))
}

pub(super) fn resolve(
    cx: &Context<'_>,
    id: ProblemId,
    reason: &str,
    decision: &mut Decision,
) -> Result<Subject, CommandRefusal> {
    unresolved(cx, id)?;
    decision.record(Body::ProblemResolved(ProblemResolved { problem: id, reason: reason.into() }));
    Ok(Subject::Problem(id))
}

fn unresolved(cx: &Context<'_>, id: ProblemId) -> Result<(), CommandRefusal> {
    let problem = cx.state.problem(id).ok_or(CommandRefusal::UnknownProblem(id))?;
    if problem.resolved.is_some() { Err(CommandRefusal::ProblemResolved(id)) } else { Ok(()) }
}

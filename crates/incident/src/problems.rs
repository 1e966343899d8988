//! Problems are seen: the same happened again, or it only works by a way around.

use evenkeel_ids::IncidentId;
use evenkeel_record::{Body, IncidentKey, IncidentResolved, ProblemCause, ProblemLinked, ProblemOpened};

use crate::decision::{Context, Decision};
use crate::state::RECURS_WITHIN;

/// The same incident was there before: it has a cause that was not removed.
pub(crate) fn recurrence(cx: &Context<'_>, id: IncidentId, key: Option<&IncidentKey>, decision: &mut Decision) {
    let Some(cause) = key.and_then(|key| cx.state.causes.get(key)) else { return };
    if cause.at + RECURS_WITHIN < cx.now {
        return;
    }
    let open = |problem: &evenkeel_ids::ProblemId| {
        cx.state.problem(*problem).is_some_and(|problem| problem.resolved.is_none())
    };
    match cause.problem.filter(open) {
        Some(problem) => {
            decision.record(Body::ProblemLinked(ProblemLinked { problem, incident: id }));
        }
        None => {
            decision.record(Body::ProblemOpened(ProblemOpened {
                title: cause.title.as_ref().into(),
                incidents: vec![cause.incident, id],
                cause: ProblemCause::Recurrence,
            }));
        }
    }
}

/// It was resolved by a way around, so the cause is still there.
pub(crate) fn workaround(cx: &Context<'_>, body: &IncidentResolved, decision: &mut Decision) {
    let Some(incident) = cx.state.incident(body.incident).filter(|_| body.workaround) else { return };
    let open = |problem: &evenkeel_ids::ProblemId| {
        cx.state.problem(*problem).is_some_and(|problem| problem.resolved.is_none())
    };
    if !incident.problem.as_ref().is_some_and(open) {
        decision.record(Body::ProblemOpened(ProblemOpened {
            title: incident.title.clone(),
            incidents: vec![incident.id],
            cause: ProblemCause::Workaround,
        }));
    }
}

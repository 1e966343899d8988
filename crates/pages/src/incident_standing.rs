//! Who has an incident, who suffers, and what comes next: the same words wherever an incident is shown.

use std::sync::Arc;

use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_incident::{Incident, Phase, next_step};
use evenkeel_model::Workload;

use crate::incident_named::{Named, cut};
use crate::{Asked, Frame, Moment};

/// So many are named of whom comes next.
const NAMED_MAX: usize = 3;
/// A reason is shown so far. Units: characters.
const REASON_MAX: usize = 160;

/// Who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Has {
    /// The person, or who called.
    pub(crate) who: Option<Named>,
    /// Around the name: `has it`, or all of it where nobody is named.
    pub(crate) text: String,
    /// Since when.
    pub(crate) since: Option<Moment>,
    /// Whether that is nobody although somebody has to.
    pub(crate) nobody: bool,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Next {
    /// `pages bob`
    pub(crate) text: String,
    /// When.
    pub(crate) at: Option<Moment>,
    /// Whether it is so until then, rather than from then on.
    pub(crate) until: bool,
    /// Whether that is bad news.
    pub(crate) bad: bool,
}

/// Who has it.
pub(crate) fn has(frame: &Frame, incident: &Incident) -> Has {
    let said = |text: &str, since| Has { who: None, text: text.to_owned(), since, nobody: false };
    match incident.phase {
        // While nobody is to be paged, nobody is missing.
        Phase::Open => Has { nobody: incident.paused.is_none(), ..said("Nobody has it", None) },
        Phase::Acknowledged => incident.acknowledged.as_ref().map_or_else(
            || said("It is acknowledged", None),
            |held| {
                let since = Some(frame.moment(held.at));
                match &held.person {
                    Some(person) => Has { who: Some(Named::person(&frame.root, person)), ..said("has it", since) },
                    None => Has { who: Some(Named::bare(cut(&held.actor, REASON_MAX))), ..said("has it", since) },
                }
            },
        ),
        Phase::Resolved => {
            let resolved = incident.resolved.as_ref();
            let around = resolved.is_some_and(|resolved| resolved.workaround);
            let text = if around { "Resolved, by a way around" } else { "Resolved" };
            said(text, resolved.map(|resolved| frame.moment(resolved.at)))
        }
        Phase::Closed => said("Closed", incident.closed_at.map(|at| frame.moment(at))),
        Phase::Merged => said("Part of another incident", incident.closed_at.map(|at| frame.moment(at))),
    }
}

/// What comes next of itself.
pub(crate) fn next(asked: &Asked<'_>, frame: &Frame, incident: &Incident) -> Option<Next> {
    match incident.phase {
        Phase::Open => Some(next_of_open(asked, frame, incident)),
        Phase::Acknowledged => {
            let held = incident.acknowledged.as_ref()?;
            let who = held.person.as_deref().unwrap_or("whoever has it");
            Some(Next {
                text: format!("asks {} whether it is still theirs", cut(who, REASON_MAX)),
                at: Some(frame.moment(held.until)),
                until: false,
                bad: false,
            })
        }
        Phase::Resolved => {
            let resolved = incident.resolved.as_ref()?;
            let at = Some(frame.moment(resolved.reopen_until));
            Some(Next { text: "closes, unless the same comes again".to_owned(), at, until: false, bad: false })
        }
        Phase::Closed | Phase::Merged => None,
    }
}

fn next_of_open(asked: &Asked<'_>, frame: &Frame, incident: &Incident) -> Next {
    if let Some(paused) = &incident.paused {
        let text = format!("nobody is paged: {}", cut(&paused.reason, REASON_MAX));
        return Next { text, at: paused.until.map(|at| frame.moment(at)), until: true, bad: false };
    }
    if let Some(unroutable) = &incident.unroutable {
        let text = format!("nobody can be paged: {}; tries again", cut(&unroutable.reason, REASON_MAX));
        return Next { text, at: Some(frame.moment(unroutable.next_at.0)), until: false, bad: true };
    }
    let step = asked.engine.with_incidents(asked.now, |cx| next_step(cx, incident));
    let Some(step) = step else {
        return Next { text: "no further step is known".to_owned(), at: None, until: false, bad: true };
    };
    let last = if step.last_resort { ", the last resort" } else { "" };
    let (text, bad) = if step.to.is_empty() {
        (format!("the next step leads to nobody{last}"), true)
    } else {
        (format!("pages {}{last}", names(&step.to)), step.last_resort)
    };
    Next { text, at: Some(frame.moment(step.at)), until: false, bad }
}

/// `bob, receiver ops and 3 more`
fn names(to: &[DocumentRef]) -> String {
    let name = |one: &DocumentRef| match one {
        DocumentRef::Person(name) => cut(name, 40),
        DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => format!("{} {}", one.kind(), cut(one.name(), 40)),
    };
    let shown: Vec<String> = to.iter().take(NAMED_MAX).map(name).collect();
    let more = to.len().saturating_sub(NAMED_MAX);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// What is hit, as the present plan has it.
pub(crate) fn workload<'a>(engine: &'a Engine, incident: &Incident) -> Option<&'a Workload> {
    let name: &Arc<str> = incident.workload.as_ref()?;
    engine.plan().catalogue.workloads.get(name)
}

/// Who suffers, in one line: `everyone who buys: no order can be placed`.
pub(crate) fn suffers(engine: &Engine, incident: &Incident) -> String {
    let Some(workload) = workload(engine, incident) else {
        return match &incident.workload {
            Some(_) => "The ops repo does not have the workload any more.".to_owned(),
            None => "No workload is named.".to_owned(),
        };
    };
    let (who, what) = (&workload.impact.who, &workload.impact.what);
    match (who.is_empty(), what.is_empty()) {
        (false, false) => format!("{}: {}", cut(who, REASON_MAX), cut(what, REASON_MAX)),
        (false, true) => cut(who, REASON_MAX),
        (true, false) => cut(what, REASON_MAX),
        (true, true) => "Nobody wrote down who suffers.".to_owned(),
    }
}

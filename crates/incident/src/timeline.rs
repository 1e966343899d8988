//! What happened to an incident, one line a record.

use evenkeel_ids::{IncidentId, PageId, UpdateId};
use evenkeel_record::{
    Ask, Body, EscalationCause, IncidentEscalated, PageOpened, Record, ResolvedBy, SentId, access_bodies,
    alerting_bodies, review_bodies, system_bodies,
};

use crate::incident::Entry;
use crate::{Page, State};

/// Writes the record's line into its incident's timeline; called after it was applied.
pub(crate) fn note_down(state: &mut State, record: &Record) {
    let Some((id, what)) = line(state, record) else { return };
    if let Some(incident) = state.incidents.get_mut(&id) {
        // Most lines are the system's own: one text of its name serves them all.
        let same = incident.timeline.iter().rev().find(|before| before.actor == record.actor.0);
        let actor = same.map_or_else(|| record.actor.0.clone(), |before| before.actor.clone());
        incident.note_down(Entry { at: record.at, seq: record.seq, actor, what: what.into() });
    }
}

fn line(state: &State, record: &Record) -> Option<(IncidentId, String)> {
    Some(match &record.body {
        Body::IncidentOpened(body) => {
            (IncidentId(record.seq), format!("opened as {}: {}", body.severity, body.severity_reason))
        }
        Body::IncidentJoined(body) => (body.incident, format!("{} more alerts", body.alerts.len())),
        Body::IncidentRerouted(body) => (body.incident, "the plan changed; goes on under another route".to_owned()),
        Body::IncidentEscalated(body) => (body.incident, escalated(body)),
        Body::IncidentUnroutable(body) => (body.incident, format!("nobody can be paged: {}", body.reason)),
        Body::IncidentPaused(body) => (body.incident, format!("paused: {}", body.reason)),
        Body::IncidentResumed(body) => (body.incident, "the pause is over, and it is still bad".to_owned()),
        Body::IncidentAcknowledged(body) => {
            let who = body.person.as_ref().map_or_else(String::new, |person| format!(" by person:{person}"));
            (body.incident, format!("acknowledged{who}, until {}", body.until))
        }
        Body::AcknowledgementExpired(body) => (body.incident, "the acknowledgement ran out".to_owned()),
        Body::IncidentAssigned(body) => {
            let role = format!("{:?}", body.role).to_lowercase();
            (body.incident, format!("person:{} is {role}{}", body.person, because(body.reason.as_deref())))
        }
        Body::IncidentSeveritySet(body) => (body.incident, format!("is {}: {}", body.severity, body.reason)),
        Body::IncidentVisibilitySet(body) => {
            let notice = if body.customer_visible { "customers notice" } else { "customers do not notice" };
            (body.incident, format!("{notice}: {}", body.reason))
        }
        Body::IncidentNoted(body) => (body.incident, format!("note: {}", body.text)),
        Body::IncidentMerged(body) => (body.incident, format!("merged into {}: {}", body.into, body.reason)),
        Body::IncidentResolved(body) => {
            let how = if body.cause == ResolvedBy::Alerts { "none of its alerts fires" } else { "by a person" };
            let around = if body.workaround { ", by a way around" } else { "" };
            (body.incident, format!("resolved: {how}{around}{}", because(body.reason.as_deref())))
        }
        Body::IncidentReopened(body) => (body.incident, format!("opened again{}", because(body.reason.as_deref()))),
        Body::IncidentClosed(body) => (body.incident, format!("closed{}", because(body.reason.as_deref()))),
        Body::ProblemOpened(body) => (*body.incidents.last()?, format!("shows problem:{}", record.seq.0)),
        Body::ProblemLinked(body) => (body.incident, format!("shows {} again", body.problem)),
        Body::PageOpened(body) => (body.incident, page_opened(body, record)),
        // That a page arrived is said with the page, and of every page it would be the longest part of the timeline.
        Body::MessageDelivered(body) => match body.of {
            SentId::Page(_) => return None,
            SentId::Update(_) => sent(state, body.of, |what| format!("{what} arrived at {}", body.address))?,
        },
        Body::MessageFailing(body) => {
            sent(state, body.of, |what| format!("{what} did not reach {} yet: {}", body.address, body.reason))?
        }
        Body::MessageFailed(body) => {
            sent(state, body.of, |what| format!("{what} did not reach {}: {}", body.address, body.reason))?
        }
        Body::PageFailed(body) => {
            let page = page(state, body.page)?;
            (page.incident, format!("{} was not reached: {}", page.to, body.reason))
        }
        Body::PageExpired(body) => {
            let page = page(state, body.page)?;
            (page.incident, format!("{} expired", page.id))
        }
        Body::UpdateDrafted(body) => {
            let goes = if body.approvers.is_empty() { "goes" } else { "waits for approval" };
            let kind = format!("{:?}", body.kind).to_lowercase();
            (body.incident, format!("{} update for {} {goes}", kind, body.audience))
        }
        Body::UpdateApproved(body) => update(state, body.update, "approved")?,
        Body::UpdateWithdrawn(body) => update(state, body.update, &format!("withdrawn: {}", body.reason))?,
        Body::ProblemResolved(_)
        | Body::MessageIntended(_)
        | system_bodies!()
        | alerting_bodies!()
        | access_bodies!()
        | review_bodies!() => return None,
    })
}

fn escalated(body: &IncidentEscalated) -> String {
    let cause = match body.cause {
        EscalationCause::Opened => "",
        EscalationCause::Unanswered => ", since nobody answered",
        EscalationCause::Unreachable => ", since nobody could be reached",
        EscalationCause::Asked => ", asked for by a person",
        EscalationCause::Restarted => " again, after time down",
        EscalationCause::Resumed => " again, after the pause",
        EscalationCause::Worse => " again, since it is worse",
        EscalationCause::AcknowledgementExpired => " again, since the acknowledgement ran out",
    };
    let policy = if body.policy.is_empty() { "no policy" } else { &body.policy };
    let last_resort = if body.last_resort { " (the last resort)" } else { "" };
    let round = if body.round > 0 { format!(", round {}", body.round + 1) } else { String::new() };
    let nobody: String = body.unresolved.iter().map(|target| format!("; {target}")).collect();
    let reason = because(body.reason.as_deref());
    format!("step {} of policy {policy}{last_resort}{round}{cause}{reason}{nobody}", body.step + 1)
}

fn page_opened(body: &PageOpened, record: &Record) -> String {
    let ask = match body.ask {
        Ask::Acknowledge => "paged",
        Ask::StillYours => "asked whether it is still theirs",
        Ask::TakeOver => "asked to take over",
        Ask::Approve(_) => "asked to approve an update",
    };
    // What comes first is the response plan and the policy, which the step's own line has.
    let because: Vec<&str> = body.because.iter().skip(2).map(AsRef::as_ref).collect();
    let because = if because.is_empty() { String::new() } else { format!(", {}", because.join(", ")) };
    format!("{} {ask} (page:{}{because})", body.to, record.seq.0)
}

fn because(reason: Option<&str>) -> String {
    reason.map_or_else(String::new, |reason| format!(": {reason}"))
}

fn page(state: &State, id: PageId) -> Option<&Page> {
    state.page(id)
}

fn sent(state: &State, of: SentId, say: impl FnOnce(&str) -> String) -> Option<(IncidentId, String)> {
    match of {
        SentId::Page(id) => {
            let page = page(state, id)?;
            Some((page.incident, say(&format!("{id} to {}", page.to))))
        }
        SentId::Update(id) => {
            let update = state.update(id)?;
            Some((update.incident, say(&format!("{id} for {}", update.audience))))
        }
    }
}

fn update(state: &State, id: UpdateId, what: &str) -> Option<(IncidentId, String)> {
    let update = state.update(id)?;
    Some((update.incident, format!("update for {} {what}", update.audience)))
}

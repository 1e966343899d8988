//! Everything that happened in a scenario, as text.

use std::fmt::Write;

use evenkeel_record::{Body, Record, access_bodies, review_bodies};
use evenkeel_time::Duration;

use crate::notation::shown;

/// Grows line by line; instants are told once.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    text: String,
    last: Option<Duration>,
}

impl Transcript {
    /// Notes something at an instant.
    pub(crate) fn note(&mut self, at: Duration, what: &str) {
        let when = if self.last == Some(at) { String::new() } else { at.to_string() };
        self.last = Some(at);
        writeln!(self.text, "{when:<10} {what}").expect("a string takes everything");
    }

    /// Notes a record.
    pub(crate) fn record(&mut self, at: Duration, record: &Record) {
        let detail = detail(&record.body);
        let what = format!("  {} {} {}{detail}", record.seq, record.body.kind().name, record.body.subject(record.seq));
        self.note(at, what.trim_end());
    }

    /// The whole text.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

fn detail(body: &Body) -> String {
    match body {
        Body::AlertFired(fired) => format!(" {}", shown(&fired.labels)),
        Body::AlertResolved(resolved) => format!(" {:?}", resolved.cause).to_lowercase(),
        Body::GroupOpened(opened) => format!(" {}:{}", opened.route, opened.labels),
        Body::GroupRebound(rebound) => format!(" {}", rebound.receiver),
        Body::NoticeIntended(notice) => format!(" {}/{}", notice.receiver, notice.integration),
        Body::NoticeFailing(notice) => format!(": {}", notice.reason),
        Body::NoticeFailed(notice) => format!(": {}", notice.reason),
        Body::PlanAdopted(adopted) => adopted.orphans.iter().map(|orphan| format!("\n             {orphan}")).collect(),
        Body::ClockJumped(jumped) => format!(" {}", jumped.by),
        Body::Started(started) if started.clock_behind > Duration::ZERO => {
            format!(" clock behind {}", started.clock_behind)
        }
        Body::IncidentOpened(opened) => {
            format!(" {} {}: {}", opened.response_plan, opened.severity, opened.severity_reason)
        }
        Body::IncidentEscalated(escalated) => {
            let (policy, step, round, cause) = (&escalated.policy, escalated.step, escalated.round, escalated.cause);
            let last_resort = if escalated.last_resort { " as last resort" } else { "" };
            format!(" {policy} step {step} round {round} {cause:?}{last_resort}").to_lowercase()
        }
        Body::IncidentUnroutable(unroutable) => format!(": {}", unroutable.reason),
        Body::IncidentPaused(paused) => format!(": {}", paused.reason),
        Body::IncidentAssigned(assigned) => format!(" {:?} {}", assigned.role, assigned.person).to_lowercase(),
        Body::IncidentMerged(merged) => format!(" into {}", merged.into),
        Body::IncidentResolved(resolved) => format!(" {:?}", resolved.cause).to_lowercase(),
        Body::IncidentSeveritySet(set) => format!(" {}", set.severity),
        Body::IncidentJoined(joined) => format!(" {}: {}", joined.severity, joined.severity_reason),
        Body::PageOpened(page) => {
            let contacts: Vec<_> = page.contacts.iter().map(|contact| contact.contact.as_ref()).collect();
            format!(
                " {} to {}: {:?} by {} because {}",
                page.incident,
                page.to,
                page.ask,
                contacts.join(", "),
                page.because.join("; ")
            )
        }
        Body::MessageIntended(message) => format!(" {}", message.address),
        Body::MessageDelivered(message) => format!(" {}", message.address),
        Body::MessageFailing(message) => format!(" {}: {}", message.address, message.reason),
        Body::MessageFailed(message) => format!(" {}: {}", message.address, message.reason),
        Body::PageFailed(page) => format!(": {}", page.reason),
        Body::ProblemOpened(problem) => format!(" {:?}", problem.cause).to_lowercase(),
        Body::ProblemLinked(linked) => format!(" {}", linked.incident),
        Body::UpdateDrafted(update) => format!(" {} {:?}: {}", update.audience, update.kind, update.text),
        Body::UpdateWithdrawn(update) => format!(": {}", update.reason),
        Body::Started(_)
        | Body::Stopped(_)
        | Body::IncidentRerouted(_)
        | Body::IncidentResumed(_)
        | Body::IncidentAcknowledged(_)
        | Body::AcknowledgementExpired(_)
        | Body::IncidentVisibilitySet(_)
        | Body::IncidentNoted(_)
        | Body::IncidentReopened(_)
        | Body::IncidentClosed(_)
        | Body::ProblemResolved(_)
        | Body::PageExpired(_)
        | Body::UpdateApproved(_)
        | Body::PlanRefused(_)
        | Body::AlertChanged(_)
        | Body::AlertRegrouped(_)
        | Body::GroupCleared(_)
        | Body::NoticeDelivered(_)
        | Body::SilenceSet(_)
        | Body::SilenceExpired(_)
        | Body::RuleAlertsChanged(_)
        | Body::LastResortTold(_)
        | Body::BodyErased(_)
        | access_bodies!()
        | review_bodies!() => String::new(),
    }
}

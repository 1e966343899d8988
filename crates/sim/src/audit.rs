//! Takes each durable record into the ledger, after asking whether it may be.

mod access;
mod alert;
mod ending;
mod escalation;
mod incident;
mod notice;
pub(crate) mod page;
mod standing;
mod update;

use evenkeel_engine::Input;
use evenkeel_ids::SilenceId;
use evenkeel_record::{Body, PlanAdopted, Record, SilenceSet, review_bodies};

use crate::facts::Facts;
use crate::ledger::{Ledger, Quiet};
use crate::violation::{Violation, hold};

/// Kinds each of which has its own cause, which is asked for.
const ABOUT_PEOPLE: [&str; 7] =
    ["incident-", "acknowledgement-", "page-", "message-", "update-", "problem-", "override-"];

impl Ledger {
    /// Checks a record against what is known and what the outside did, and takes it in.
    pub(crate) fn take(&mut self, record: &Record, facts: &Facts) -> Result<(), Violation> {
        hold!(record.seq == self.last.next(), ChainVerifies, "{} follows on {}", record.seq, self.last);
        self.last = record.seq;
        if let Body::PlanAdopted(body) = &record.body {
            self.plan_adopted(body, facts)?;
        }
        hold!(record.plan == self.plan_hash(), RecordNamesPlan, "{} names {}", record.seq, record.plan.short());
        let kind = record.body.kind().name;
        self.cases.records += u64::from(ABOUT_PEOPLE.iter().any(|of| kind.starts_with(of)));
        match &record.body {
            Body::Started(_) => hold!(facts.start, RecordHasCause, "{} outside a start", record.seq),
            Body::ClockJumped(body) => {
                let told = facts.any(|input| matches!(input, Input::ClockJumped { by } if *by == body.by));
                hold!(told, RecordHasCause, "{}: no such jump", record.seq);
                self.counts.transitions += 1;
            }
            Body::PlanAdopted(_) => {}
            Body::PlanRefused(_) => {
                let told = facts.any(|input| matches!(input, Input::RefusePlan { .. }));
                hold!(told, RecordHasCause, "{}: no plan was refused", record.seq);
            }
            Body::AlertFired(body) => self.alert_fired(body, record, facts)?,
            Body::AlertChanged(body) => self.alert_changed(body, facts)?,
            Body::AlertResolved(body) => self.alert_resolved(body, facts)?,
            Body::AlertRegrouped(body) => self.alert_regrouped(body)?,
            Body::GroupOpened(body) => self.group_opened(body, record, facts)?,
            Body::GroupRebound(body) => self.group_rebound(body)?,
            Body::GroupCleared(body) => self.group_cleared(body)?,
            Body::NoticeIntended(body) => self.notice_intended(body, record, facts)?,
            Body::NoticeFailing(body) => self.notice_failing(body, facts)?,
            Body::NoticeDelivered(body) => self.notice_delivered(body, record, facts)?,
            Body::NoticeFailed(body) => self.notice_failed(body, facts)?,
            Body::SilenceSet(body) => self.silence_set(body, record, facts)?,
            Body::SilenceExpired(body) => self.silence_expired(body.silence, facts)?,
            Body::IncidentOpened(body) => self.incident_opened(body, record, facts)?,
            Body::IncidentJoined(body) => self.incident_joined(body, facts)?,
            Body::IncidentRerouted(body) => self.incident_rerouted(body)?,
            Body::IncidentEscalated(body) => self.incident_escalated(body, facts)?,
            Body::IncidentUnroutable(body) => self.incident_unroutable(body, facts)?,
            Body::IncidentPaused(body) => self.incident_paused(body, facts)?,
            Body::IncidentResumed(body) => self.incident_resumed(body, facts)?,
            Body::IncidentAcknowledged(body) => self.incident_acknowledged(body, record, facts)?,
            Body::AcknowledgementExpired(body) => self.acknowledgement_expired(body, facts)?,
            Body::IncidentAssigned(body) => self.incident_assigned(body, record, facts)?,
            Body::IncidentSeveritySet(body) => self.severity_set(body, facts)?,
            Body::IncidentVisibilitySet(body) => self.visibility_set(body, facts)?,
            Body::IncidentNoted(body) => self.noted(body, facts)?,
            Body::IncidentMerged(body) => self.incident_merged(body, facts)?,
            Body::IncidentResolved(body) => self.incident_resolved(body, facts)?,
            Body::IncidentReopened(body) => self.incident_reopened(body, facts)?,
            Body::IncidentClosed(body) => self.incident_closed(body, facts)?,
            Body::PageOpened(body) => self.page_opened(body, record, facts)?,
            Body::MessageIntended(body) => self.message_intended(body, facts)?,
            Body::MessageFailing(body) => self.message_failing(body, facts)?,
            Body::MessageDelivered(body) => self.message_delivered(body, facts)?,
            Body::MessageFailed(body) => self.message_failed(body, facts)?,
            Body::PageFailed(body) => self.page_failed(body)?,
            Body::PageExpired(body) => self.page_expired(body, facts)?,
            Body::UpdateDrafted(body) => self.update_drafted(body, record, facts)?,
            Body::UpdateApproved(body) => self.update_approved(body, record, facts)?,
            Body::UpdateWithdrawn(body) => self.update_withdrawn(body, facts)?,
            Body::OverrideSet(body) => self.override_set(body, record, facts)?,
            Body::OverrideRemoved(body) => self.override_removed(body, record, facts)?,
            Body::ProblemOpened(body) => self.problem_opened(body, facts)?,
            Body::ProblemLinked(_) | Body::ProblemResolved(_) => {}
            Body::Stopped(_)
            | Body::LastResortTold(_)
            | Body::BodyErased(_)
            | Body::RuleAlertsChanged(_)
            | Body::TokenCreated(_)
            | Body::TokenRevoked(_)
            | Body::SubscriptionAsked(_)
            | Body::SubscriptionConfirmed(_)
            | Body::SubscriptionEnded(_)
            | Body::SubscribersTold(_)
            | review_bodies!() => declared(record, facts)?,
        }
        Ok(())
    }

    fn plan_adopted(&mut self, body: &PlanAdopted, facts: &Facts) -> Result<(), Violation> {
        let told = facts.any(|input| matches!(input, Input::AdoptPlan { plan, .. } if plan.hash == body.plan));
        hold!(told || facts.start, PlanIsOffered, "nobody offered {}", body.plan.short());
        let offered = self.offered.get(&body.plan).cloned();
        hold!(offered.is_some(), PlanIsOffered, "{} does not resolve", body.plan.short());
        hold!(self.plan_hash() != body.plan, RecordHasCause, "{} is adopted already", body.plan.short());
        self.plan = offered;
        self.counts.transitions += 1;
        Ok(())
    }

    fn silence_set(&mut self, body: &SilenceSet, record: &Record, facts: &Facts) -> Result<(), Violation> {
        let told = facts.any(|input| {
            matches!(input, Input::SetSilence(incoming)
                if incoming.matchers == body.matchers && incoming.ends_at == body.ends_at)
        });
        hold!(told, RecordHasCause, "{}: nobody set this silence", record.seq);
        let id = body.changes.unwrap_or(SilenceId(record.seq));
        let (matchers, starts, ends) = (body.matchers.clone(), body.starts_at, body.ends_at);
        self.silences.insert(id, Quiet { matchers, starts, ends, ended: false });
        self.counts.transitions += 1;
        Ok(())
    }

    fn silence_expired(&mut self, id: SilenceId, facts: &Facts) -> Result<(), Violation> {
        let told = facts.any(|input| {
            matches!(input, Input::ExpireSilence(known) if *known == id)
                || matches!(input, Input::SetSilence(incoming) if incoming.id == Some(id))
        });
        hold!(told, RecordHasCause, "nobody ended {id}");
        if let Some(quiet) = self.silences.get_mut(&id) {
            quiet.ends = facts.now;
            quiet.starts = facts.now.min(quiet.starts);
            quiet.ended = true;
        }
        self.counts.transitions += 1;
        Ok(())
    }
}

/// Of what nobody asks for in a simulation only documents come by themselves: with the plan that they belong to.
fn declared(record: &Record, facts: &Facts) -> Result<(), Violation> {
    let documents = matches!(record.body, Body::DocumentsDeclared(_));
    let adopted = facts.start || facts.any(|input| matches!(input, Input::AdoptPlan { .. }));
    hold!(documents && adopted, RecordHasCause, "{}: nobody asked for {}", record.seq, record.body.kind().name);
    Ok(())
}

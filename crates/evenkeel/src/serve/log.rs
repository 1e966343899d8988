//! What is worth a line in the log, by who must act.

use std::error::Error;

use evenkeel_record::{Body, IncidentUnroutable, PlanAdopted, Record, access_bodies};

/// An error with its causes, in one line.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |cause: &&dyn Error| (*cause).source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}

/// Says what a person would want to see passing by; the journal has everything.
pub(crate) fn record(record: &Record) {
    let seq = record.seq.0;
    match &record.body {
        Body::Started(body) => tracing::info!(seq, down_for_ms = body.down_for.0, "started"),
        Body::Stopped(body) => tracing::info!(seq, reason = %body.reason, "stopped"),
        Body::ClockJumped(body) => tracing::warn!(seq, by_ms = body.by.0, "clock jumped"),
        Body::PlanAdopted(body) => adopted(seq, body),
        Body::NoticeDelivered(body) if body.attempts > 1 => {
            tracing::info!(seq, notice = %body.notice, attempts = body.attempts, "notice delivered after all");
        }
        Body::NoticeFailing(body) => {
            tracing::warn!(seq, notice = %body.notice, reason = %body.reason, "notice is tried again");
        }
        Body::NoticeFailed(body) => {
            tracing::error!(seq, notice = %body.notice, reason = %body.reason, "notice failed; its group decides anew")
        }
        Body::LastResortTold(body) => {
            tracing::warn!(seq, receiver = %body.receiver, delivered = body.delivered, "last resort told")
        }
        Body::IncidentUnroutable(body) => unroutable(seq, body),
        Body::PageFailed(body) => tracing::error!(seq, page = %body.page, reason = %body.reason, "page failed"),
        Body::MessageFailing(body) => {
            tracing::warn!(seq, of = %body.of, address = %body.address, reason = %body.reason, "message is tried again");
        }
        Body::MessageFailed(body) => {
            tracing::error!(seq, of = %body.of, address = %body.address, reason = %body.reason, "message failed");
        }
        Body::SilenceSet(_)
        | Body::SilenceExpired(_)
        | Body::RuleAlertsChanged(_)
        | Body::BodyErased(_)
        | Body::IncidentOpened(_)
        | Body::IncidentEscalated(_)
        | Body::IncidentPaused(_)
        | Body::IncidentResumed(_)
        | Body::IncidentAcknowledged(_)
        | Body::AcknowledgementExpired(_)
        | Body::IncidentAssigned(_)
        | Body::IncidentSeveritySet(_)
        | Body::IncidentVisibilitySet(_)
        | Body::IncidentMerged(_)
        | Body::IncidentResolved(_)
        | Body::IncidentReopened(_)
        | Body::IncidentClosed(_)
        | Body::ProblemOpened(_)
        | Body::ProblemLinked(_)
        | Body::ProblemResolved(_)
        | Body::PageOpened(_)
        | Body::UpdateDrafted(_)
        | Body::UpdateApproved(_)
        | Body::UpdateWithdrawn(_)
        | Body::PageExpired(_)
        | Body::Attested(_)
        | Body::AttestationWithdrawn(_)
        | Body::ImprovementOpened(_)
        | Body::ImprovementClosed(_)
        | Body::ImprovementReopened(_)
        | Body::ImprovementDropped(_)
        | Body::MilestoneSet(_)
        | access_bodies!() => {
            tracing::info!(seq, kind = record.body.kind().name, subject = record.body.subject(record.seq), "recorded");
        }
        // Each of its errors was said when it was refused.
        Body::PlanRefused(_)
        | Body::AlertFired(_)
        | Body::AlertChanged(_)
        | Body::AlertResolved(_)
        | Body::AlertRegrouped(_)
        | Body::GroupOpened(_)
        | Body::GroupRebound(_)
        | Body::GroupCleared(_)
        | Body::NoticeIntended(_)
        | Body::IncidentJoined(_)
        | Body::IncidentRerouted(_)
        | Body::IncidentNoted(_)
        | Body::MessageIntended(_)
        | Body::MessageDelivered(_)
        | Body::NoticeDelivered(_)
        | Body::FactReported(_)
        | Body::DocumentsDeclared(_)
        | Body::FindingsFound(_) => tracing::debug!(seq, kind = record.body.kind().name, "recorded"),
    }
}

fn adopted(seq: u64, body: &PlanAdopted) {
    let commit = body.commit.as_ref().map(|commit| commit.id.get(..12).unwrap_or(&commit.id));
    tracing::info!(seq, plan = body.plan.short(), commit, findings = body.findings, "plan adopted");
    for orphan in &body.orphans {
        tracing::warn!(seq, %orphan, "the plan leaves a live object behind");
    }
}

fn unroutable(seq: u64, body: &IncidentUnroutable) {
    tracing::error!(seq, incident = %body.incident, reason = %body.reason, "nobody can be paged");
}

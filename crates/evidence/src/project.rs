//! From a record to what it changes in the tables. Every kind of record is listed; none needs more than the record
//! and the rows that count before it.
//!
//! A record whose entity is not there, since the body that made it was erased, changes nothing.

mod access;
mod alerting;
mod documents;
mod facts;
mod incident;
mod message;
mod review;
mod standing;
mod system;

use evenkeel_ids::{DocumentRef, Seq};
use evenkeel_record::{Body, Header, Origin};
use evenkeel_time::Timestamp;

use crate::error::Trouble;
use crate::key::Key;
use crate::rows::{Row, Rows};
use crate::value::Value;

pub(crate) use standing::Standing;

/// Turns records into rows.
#[derive(Debug)]
pub(crate) struct Projector {
    rows: Rows,
    standing: Standing,
}

/// One record on its way into the tables.
struct Cx<'a> {
    rows: &'a mut Rows,
    standing: &'a mut Standing,
    seq: u64,
    at: Timestamp,
    origin: Origin,
}

/// What a record comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Projected {
    /// Its rows.
    Rows,
    /// What was projected holds what was erased since: it has to be made anew.
    Outdated,
}

impl Projector {
    pub(crate) fn new(mut rows: Rows) -> Result<Self, Trouble> {
        let standing = Standing::load(&mut rows)?;
        Ok(Self { rows, standing })
    }

    pub(crate) fn rows(&mut self) -> &mut Rows {
        &mut self.rows
    }

    /// Takes in the next record; `None` stands for a body that was erased.
    pub(crate) fn project(&mut self, header: &Header, body: Option<&Body>) -> Result<Projected, Trouble> {
        let Self { rows, standing } = self;
        let Some(body) = body else {
            rows.pass_over(header.seq.0);
            return Ok(Projected::Rows);
        };
        let mut cx = Cx { rows, standing, seq: header.seq.0, at: header.at, origin: header.origin };
        match body {
            Body::BodyErased(erased) if !cx.rows.knows_erased(erased.erased.0)? => return Ok(Projected::Outdated),
            Body::BodyErased(_) => {}
            Body::Started(body) => cx.started(body),
            Body::PlanAdopted(body) => cx.plan_adopted(body)?,
            Body::PlanRefused(body) => cx.plan_refused(body),
            Body::AlertFired(body) => cx.alert_fired(body)?,
            Body::AlertChanged(body) => cx.alert_changed(body)?,
            Body::AlertResolved(body) => cx.alert_resolved(body)?,
            Body::NoticeIntended(body) => cx.notice_intended(body),
            Body::NoticeDelivered(body) => cx.notice_delivered(body)?,
            Body::NoticeFailed(body) => cx.notice_failed(body)?,
            Body::SilenceSet(body) => cx.silence_set(body)?,
            Body::SilenceExpired(body) => cx.silence_expired(body)?,
            Body::IncidentOpened(body) => cx.incident_opened(body)?,
            Body::IncidentJoined(body) => cx.incident_joined(body)?,
            Body::IncidentEscalated(body) => cx.incident_escalated(body)?,
            Body::IncidentUnroutable(body) => cx.incident_unroutable(body)?,
            Body::IncidentAcknowledged(body) => cx.incident_acknowledged(body)?,
            Body::AcknowledgementExpired(body) => cx.acknowledgement_expired(body)?,
            Body::IncidentAssigned(body) => cx.incident_assigned(body)?,
            Body::IncidentSeveritySet(body) => cx.incident_severity_set(body)?,
            Body::IncidentVisibilitySet(body) => cx.incident_visibility_set(body)?,
            Body::IncidentNoted(body) => cx.incident_noted(body)?,
            Body::IncidentMerged(body) => cx.incident_merged(body)?,
            Body::IncidentResolved(body) => cx.incident_resolved(body)?,
            Body::IncidentReopened(body) => cx.incident_reopened(body)?,
            Body::IncidentClosed(body) => cx.incident_closed(body)?,
            Body::ProblemOpened(body) => cx.problem_opened(body),
            Body::ProblemLinked(body) => cx.problem_linked(body)?,
            Body::ProblemResolved(body) => cx.problem_resolved(body)?,
            Body::PageOpened(body) => cx.page_opened(body)?,
            Body::MessageDelivered(body) => cx.message_delivered(body)?,
            Body::MessageFailed(body) => cx.message_failed(body)?,
            Body::PageFailed(body) => cx.page_failed(body)?,
            Body::PageExpired(body) => cx.page_expired(body)?,
            Body::UpdateDrafted(body) => cx.update_drafted(body)?,
            Body::UpdateApproved(body) => cx.update_approved(body)?,
            Body::UpdateWithdrawn(body) => cx.update_withdrawn(body)?,
            Body::TokenCreated(body) => cx.token_created(body),
            Body::TokenRevoked(body) => cx.token_revoked(body)?,
            Body::OverrideSet(body) => cx.override_set(body),
            Body::OverrideRemoved(body) => cx.override_removed(body)?,
            Body::FactReported(body) => cx.fact_reported(body)?,
            Body::Attested(body) => cx.attested(body),
            Body::AttestationWithdrawn(body) => cx.attestation_withdrawn(body)?,
            Body::ImprovementOpened(body) => cx.improvement_opened(body),
            Body::ImprovementClosed(body) => cx.improvement_closed(body)?,
            Body::ImprovementReopened(body) => cx.improvement_reopened(body)?,
            Body::ImprovementDropped(body) => cx.improvement_dropped(body)?,
            Body::MilestoneSet(body) => cx.milestone_set(body),
            Body::DocumentsDeclared(body) => cx.documents_declared(body)?,
            Body::FindingsFound(body) => cx.findings_found(body)?,
            // Nothing that is asked follows from these.
            Body::Stopped(_)
            | Body::ClockJumped(_)
            | Body::LastResortTold(_)
            | Body::AlertRegrouped(_)
            | Body::GroupOpened(_)
            | Body::GroupRebound(_)
            | Body::GroupCleared(_)
            | Body::NoticeFailing(_)
            | Body::RuleAlertsChanged(_)
            | Body::IncidentRerouted(_)
            | Body::IncidentPaused(_)
            | Body::IncidentResumed(_)
            | Body::MessageIntended(_)
            | Body::MessageFailing(_)
            | Body::SubscriptionAsked(_)
            | Body::SubscriptionConfirmed(_)
            | Body::SubscriptionEnded(_)
            | Body::SubscribersTold(_) => {}
        }
        Ok(Projected::Rows)
    }
}

impl Cx<'_> {
    fn now(&self) -> i64 {
        self.at.0
    }

    fn number(&self) -> i64 {
        i64::try_from(self.seq).unwrap_or(i64::MAX)
    }

    /// Puts the row that this record makes.
    fn insert(&mut self, table: &str, key: Key, fill: impl FnOnce(&mut Row)) {
        let seq = self.number();
        self.rows.insert(seq, table, key, fill);
    }

    /// Puts the row of an entity that this record makes, with its id and when it was.
    fn make(&mut self, table: &str, fill: impl FnOnce(&mut Row)) {
        let (seq, now) = (self.seq, self.now());
        let number = self.number();
        self.insert(table, Key::Record(seq), |row| {
            row.set("id", crate::key::entity(table, seq).as_str());
            row.set("record", number);
            row.set("at", now);
            fill(row);
        });
    }

    /// Changes the row of an entity that a record made.
    fn patch(&mut self, table: &str, entity: Seq, change: impl FnOnce(&mut Row)) -> Result<bool, Trouble> {
        let seq = self.number();
        self.rows.patch(seq, table, Key::Record(entity.0), change)
    }
}

/// The team of an owner, where it is one.
fn team_of(owner: Option<&DocumentRef>) -> Value {
    match owner {
        Some(DocumentRef::Team(name)) => Value::from(name),
        Some(
            DocumentRef::Person(_)
            | DocumentRef::Schedule(_)
            | DocumentRef::Policy(_)
            | DocumentRef::Receiver(_)
            | DocumentRef::Workload(_),
        )
        | None => Value::Null,
    }
}

/// The person of a reference, where it is one.
fn person_of(to: &DocumentRef) -> Value {
    match to {
        DocumentRef::Person(name) => Value::from(name),
        DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => Value::Null,
    }
}

//! What a page or an update says, ready to be rendered and sent.

use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId, PageId, UpdateId};
use evenkeel_record::{Ask, UpdateKind};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

/// One page for one contact, with everything that rendering needs except its link, which is signed outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageMessage {
    /// Which page.
    pub page: PageId,
    /// On what.
    pub incident: IncidentId,
    /// A person or a receiver.
    pub to: DocumentRef,
    /// A contact of the person, or an integration of the receiver.
    pub contact: Arc<str>,
    /// What is asked of them.
    pub ask: Ask,
    /// What the incident is called.
    pub title: Box<str>,
    /// How bad it is.
    pub severity: Severity,
    /// Why it is that bad.
    pub severity_reason: Box<str>,
    /// What is hit.
    pub workload: Option<Arc<str>>,
    /// Who suffers; empty when nobody wrote it down.
    pub impact_who: Box<str>,
    /// What they suffer; empty when nobody wrote it down.
    pub impact_what: Box<str>,
    /// What the first alert says, or what the person who opened it wrote.
    pub summary: Box<str>,
    /// How the choice of whom to page came about.
    pub because: Vec<Box<str>>,
    /// What to do.
    pub procedure: Option<Box<str>>,
    /// Which step of the escalation policy, from 0, and which time through its steps, from 0.
    pub step: Option<(u32, u32)>,
    /// The text to approve, where that is asked.
    pub update: Option<UpdateText>,
    /// When the incident began.
    pub opened_at: Timestamp,
    /// Counts from 1.
    pub attempt: u32,
    /// No attempt may last beyond this.
    pub not_after: Timestamp,
    /// The same for every attempt to this contact, also after a restart.
    pub idempotency_key: String,
}

/// What stakeholders or customers are to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateText {
    /// Title.
    pub title: Box<str>,
    /// What is said.
    pub text: Box<str>,
}

/// One update for one address, with everything that rendering needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateMessage {
    /// Which update.
    pub update: UpdateId,
    /// On what.
    pub incident: IncidentId,
    /// `receiver/integration`.
    pub address: Arc<str>,
    /// The audience of the communication plan.
    pub audience: Arc<str>,
    /// Whether it begins, goes on, or is over.
    pub kind: UpdateKind,
    /// Title.
    pub title: Box<str>,
    /// What is said.
    pub text: Box<str>,
    /// How bad the incident is.
    pub severity: Severity,
    /// Counts from 1.
    pub attempt: u32,
    /// No attempt may last beyond this.
    pub not_after: Timestamp,
    /// The same for every attempt to this address, also after a restart.
    pub idempotency_key: String,
}

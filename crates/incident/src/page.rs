//! Pages and updates: what is sent about an incident.

use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId, PageId, UpdateId};
use evenkeel_record::{Ask, UpdateKind};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::address::Address;

/// One person, or one receiver, asked to act on one incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Which.
    pub id: PageId,
    /// On what.
    pub incident: IncidentId,
    /// A person or a receiver.
    pub to: DocumentRef,
    /// What is asked of them.
    pub ask: Ask,
    /// How the choice came about.
    pub because: Vec<Box<str>>,
    /// The step and round it belongs to, both from 0.
    pub step: Option<(u32, u32)>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// After this nothing more is tried.
    pub not_after: Timestamp,
    /// Where it stands.
    pub status: PageStatus,
    /// Whether its link was acted through.
    pub link_used: bool,
    /// How they are reached.
    pub contacts: Vec<Address>,
}

/// Where a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageStatus {
    /// They are asked, and have not answered.
    Open,
    /// They acted.
    Answered,
    /// No contact worked.
    Failed,
    /// Its time was over before every contact was tried.
    Expired,
    /// It is not needed any more: somebody else acted, or asked again, or it is over or paused.
    Superseded,
}

/// A text for one audience.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// Which.
    pub id: UpdateId,
    /// On what.
    pub incident: IncidentId,
    /// The communication plan.
    pub communication: Arc<str>,
    /// The audience in it.
    pub audience: Arc<str>,
    /// Which of the incident's updates.
    pub kind: UpdateKind,
    /// Title.
    pub title: Box<str>,
    /// What is said.
    pub text: Box<str>,
    /// Who may approve it.
    pub approvers: Vec<DocumentRef>,
    /// Where it stands.
    pub status: UpdateStatus,
    /// Who approved it.
    pub approved_by: Option<Arc<str>>,
    /// When it was written.
    pub created_at: Timestamp,
    /// After this nothing more is tried; set when it goes.
    pub not_after: Timestamp,
    /// Where it goes.
    pub addresses: Vec<Address>,
}

/// Where an update stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum UpdateStatus {
    /// Somebody who may has to let it go.
    AwaitingApproval,
    /// It goes, or went.
    Sent,
    /// It will not go.
    Withdrawn(Box<str>),
}

impl PageStatus {
    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Superseded => "superseded",
        }
    }
}

impl UpdateStatus {
    /// As printed.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::AwaitingApproval => "awaiting-approval",
            Self::Sent => "sent",
            Self::Withdrawn(_) => "withdrawn",
        }
    }
}

impl Page {
    pub(crate) fn end(&mut self, status: PageStatus) {
        if self.status == PageStatus::Open {
            self.status = status;
        }
        self.contacts.iter_mut().for_each(Address::drop_if_open);
    }
}

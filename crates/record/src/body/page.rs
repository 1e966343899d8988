//! Pages and updates: who is told about an incident, and whether it arrived.

use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId, PageId, UpdateId};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

/// Somebody is asked to act. Whoever acts ends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageOpened {
    /// On what.
    pub incident: IncidentId,
    /// A person or a receiver.
    pub to: DocumentRef,
    /// What is asked of them.
    pub ask: Ask,
    /// How the choice came about, from the policy down to the turn: `policy payments, step 1`, `schedule primary, layer
    /// weekly`.
    pub because: Vec<Box<str>>,
    /// Each contact with when it is tried. Empty: nobody can be reached, and it has failed.
    pub contacts: Vec<PageContact>,
    /// After this nothing more is tried.
    pub not_after: Timestamp,
}

/// One way to reach the person, and when it is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageContact {
    /// A contact of the person, or an integration of the receiver.
    pub contact: Arc<str>,
    /// When.
    pub at: Timestamp,
}

/// What a page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// To take the incident on.
    Acknowledge,
    /// Whether it is still theirs: their acknowledgement ran out.
    StillYours,
    /// To take the incident over.
    TakeOver,
    /// To approve an update.
    Approve(UpdateId),
}

/// What is sent to addresses: a page or an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SentId {
    /// A page.
    Page(PageId),
    /// An update.
    Update(UpdateId),
}

impl std::fmt::Display for SentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Page(id) => id.fmt(f),
            Self::Update(id) => id.fmt(f),
        }
    }
}

/// A message is to go to one address now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageIntended {
    /// What.
    pub of: SentId,
    /// A contact, or `receiver/integration` of an update.
    pub address: Arc<str>,
}

/// A message's first attempt failed, or failed for a new reason; it is tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFailing {
    /// What.
    pub of: SentId,
    /// To where.
    pub address: Arc<str>,
    /// Why.
    pub reason: Box<str>,
}

/// A message arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDelivered {
    /// What.
    pub of: SentId,
    /// Where.
    pub address: Arc<str>,
    /// How many attempts it took.
    pub attempts: u32,
}

/// A message was given up, or its time was over before it was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFailed {
    /// What.
    pub of: SentId,
    /// To where.
    pub address: Arc<str>,
    /// How many attempts were made.
    pub attempts: u32,
    /// Why.
    pub reason: Box<str>,
}

/// All contacts of a page failed: this person was not reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFailed {
    /// Which.
    pub page: PageId,
    /// Why, one reason a contact.
    pub reason: Box<str>,
}

/// A page's time was over before anybody acted on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageExpired {
    /// Which.
    pub page: PageId,
}

/// Which of an incident's updates it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UpdateKind {
    /// That it began.
    First,
    /// How it goes.
    Progress,
    /// That it is over.
    Recovery,
}

/// A text for some audience is ready; it waits for approval, or goes at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateDrafted {
    /// On what.
    pub incident: IncidentId,
    /// The communication plan.
    pub communication: Arc<str>,
    /// The audience in it.
    pub audience: Arc<str>,
    /// Which of its updates.
    pub kind: UpdateKind,
    /// Title.
    pub title: Box<str>,
    /// What is said.
    pub text: Box<str>,
    /// Who may approve it; empty: it goes at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvers: Vec<DocumentRef>,
    /// `receiver/integration` each.
    pub addresses: Vec<Arc<str>>,
    /// When the audience is told next, while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
}

/// Somebody who may lets it go, perhaps in other words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateApproved {
    /// Which.
    pub update: UpdateId,
    /// In these words, where they were changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Box<str>>,
    /// Through which page's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageId>,
}

/// It will not go: somebody said no, or a newer one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateWithdrawn {
    /// Which.
    pub update: UpdateId,
    /// Why.
    pub reason: Box<str>,
    /// Through which page's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageId>,
}

//! What is told, declared and signed for reviews: facts of outside, documents of the ops repo, attestations, improvements.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::{AttestationId, DocumentRef, FactId, ImprovementId, Seq};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Hash;

mod value;

pub use value::FactValue;

/// Something happened outside, and Evenkeel was told, or saw it.
///
/// A fact that is told again with another content is a record of its own, and stays the same entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactReported {
    /// What sort of thing: `deployment`.
    pub kind: Arc<str>,
    /// What makes it one thing among those of its kind, in the words of whoever tells it.
    pub key: Box<str>,
    /// Who tells it: the name of a token, of a source of events, of a file.
    pub source: Arc<str>,
    /// When it happened, as told.
    pub occurred_at: Timestamp,
    /// The workload it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workload: Option<Arc<str>>,
    /// The team it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Arc<str>>,
    /// The person it is about; the document's name and nothing more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Arc<str>>,
    /// What its kind says of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Box<str>, FactValue>,
    /// The fact that this one says otherwise, by its first record; `None` makes a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<FactId>,
}

/// A person signed that a practice is lived, or that it does not apply, until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attested {
    /// Which practice, by its key.
    pub practice: Box<str>,
    /// Of which workload or team; `organization`.
    pub subject: Box<str>,
    /// Who signed.
    pub person: Arc<str>,
    /// What they stand for, in their words.
    pub statement: Box<str>,
    /// Until when it counts.
    pub expires_at: Timestamp,
    /// Whether it says that the practice does not apply there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_applicable: bool,
}

/// An attestation counts no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttestationWithdrawn {
    /// Which.
    pub attestation: AttestationId,
    /// Why.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub reason: Box<str>,
}

/// Somebody set out to have a practice practised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementOpened {
    /// Which practice, by its key.
    pub practice: Box<str>,
    /// Of which workload or team; `organization`.
    pub subject: Box<str>,
    /// Who sees to it.
    pub owner: DocumentRef,
    /// What is to be done, in one line.
    pub title: Box<str>,
    /// The content hash of the lens it was found with.
    pub lens: Box<str>,
}

/// The practice is practised: the improvement closed itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementClosed {
    /// Which.
    pub improvement: ImprovementId,
    /// What the review said.
    pub verdict: Box<str>,
    /// Occasions where it was done right.
    pub good: u64,
    /// Occasions.
    pub total: u64,
    /// The last record that the review saw.
    pub seq: Seq,
}

/// The practice is practised no more: the improvement opened itself again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementReopened {
    /// Which.
    pub improvement: ImprovementId,
    /// What the review said.
    pub verdict: Box<str>,
    /// The last record that the review saw.
    pub seq: Seq,
}

/// Nobody pursues the improvement any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementDropped {
    /// Which.
    pub improvement: ImprovementId,
    /// Why.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub reason: Box<str>,
}

/// Where a review stood, under a name, to compare later ones with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneSet {
    /// Its name.
    pub name: Box<str>,
    /// The last record that the review saw.
    pub seq: Seq,
    /// That record's hash.
    pub head: Hash,
    /// The content hash of the lens.
    pub lens_hash: Box<str>,
    /// The end of the windows that were looked at.
    pub window_end: Timestamp,
    /// How many lines have each verdict.
    pub counts: BTreeMap<Box<str>, u64>,
}

/// What one document of the ops repo says, as flat attributes. Nothing about a person but the name of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// The document's kind: `Workload`.
    pub kind: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<DocumentRef>,
    /// What it says.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<Box<str>, FactValue>,
}

/// Names a document of the ops repo in declarations.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeclarationKey {
    /// The document's kind: `Workload`.
    pub kind: Box<str>,
    /// Its name.
    pub name: Box<str>,
}

impl Declaration {
    /// Which document it is of.
    #[must_use]
    pub fn key(&self) -> DeclarationKey {
        DeclarationKey { kind: self.kind.clone(), name: self.name.clone() }
    }
}

/// The ops repo says something else than before: the difference, in the order of kinds and names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentsDeclared {
    /// What is new, or says something else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declared: Vec<Declaration>,
    /// What is there no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<DeclarationKey>,
}

/// What the check found of one code in one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FoundFinding {
    /// The finding's code.
    pub code: Box<str>,
    /// The file it is in; `None`: the repo as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Box<str>>,
    /// How many.
    pub count: u32,
    /// How many more are accepted by an allowance.
    #[serde(default)]
    pub allowed: u32,
}

/// What the check finds in the ops repo is something else than before: the whole list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingsFound {
    /// All of them, sorted.
    pub findings: Vec<FoundFinding>,
}

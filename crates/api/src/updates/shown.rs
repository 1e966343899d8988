//! An update as our own API shows it.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_incident::{Address, Update, UpdateStatus};
use evenkeel_record::UpdateKind;
use schemars::JsonSchema;
use serde::Serialize;

use crate::incidents::ShownProgress;
use crate::instant::Instant;
use crate::openapi::shapes::{Ref, UpdateKindWord};

/// An update as our own API shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Update")]
pub(crate) struct ShownUpdate {
    pub(crate) id: String,
    pub(crate) incident: String,
    pub(crate) audience: Arc<str>,
    #[schemars(with = "UpdateKindWord")]
    pub(crate) kind: UpdateKind,
    pub(crate) status: &'static str,
    /// Why it was withdrawn.
    pub(crate) reason: Option<Box<str>>,
    pub(crate) title: Box<str>,
    pub(crate) text: Box<str>,
    #[schemars(with = "Vec<Ref>")]
    pub(crate) approvers: Vec<DocumentRef>,
    pub(crate) approved_by: Option<Arc<str>>,
    pub(crate) created_at: Instant,
    pub(crate) addresses: Vec<ShownAddress>,
}

/// Where an update goes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UpdateAddress")]
pub(crate) struct ShownAddress {
    pub(crate) address: Arc<str>,
    #[serde(flatten)]
    pub(crate) progress: ShownProgress,
}

impl ShownUpdate {
    pub(crate) fn of(update: &Update) -> Self {
        let reason = match &update.status {
            UpdateStatus::Withdrawn(reason) => Some(reason.clone()),
            UpdateStatus::AwaitingApproval | UpdateStatus::Sent => None,
        };
        Self {
            id: update.id.to_string(),
            incident: update.incident.to_string(),
            audience: update.audience.clone(),
            kind: update.kind,
            status: update.status.as_str(),
            reason,
            title: update.title.clone(),
            text: update.text.clone(),
            approvers: update.approvers.clone(),
            approved_by: update.approved_by.clone(),
            created_at: Instant(update.created_at),
            addresses: update.addresses.iter().map(ShownAddress::of).collect(),
        }
    }
}

impl ShownAddress {
    fn of(address: &Address) -> Self {
        Self { address: address.name.clone(), progress: ShownProgress::of(address) }
    }
}

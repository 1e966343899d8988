//! The pages of an incident: who was asked, why they, and whether it arrived.

use std::sync::Arc;

use evenkeel_engine::Engine;
use evenkeel_ids::DocumentRef;
use evenkeel_incident::{Address, Incident, Page, Progress};
use evenkeel_record::Ask;
use schemars::JsonSchema;
use serde::Serialize;

use crate::instant::Instant;
use crate::openapi::shapes::Ref;

/// One page: a message that asks somebody to act.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Page")]
pub(crate) struct ShownPage {
    pub(crate) id: String,
    #[schemars(with = "Ref")]
    pub(crate) to: DocumentRef,
    pub(crate) ask: &'static str,
    /// What is to be approved, where that is asked.
    pub(crate) update: Option<String>,
    pub(crate) because: Vec<Box<str>>,
    pub(crate) status: &'static str,
    pub(crate) opened_at: Instant,
    pub(crate) not_after: Instant,
    pub(crate) contacts: Vec<ShownContact>,
}

/// One way to reach somebody.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageContact")]
pub(crate) struct ShownContact {
    pub(crate) contact: Arc<str>,
    pub(crate) at: Instant,
    #[serde(flatten)]
    pub(crate) progress: ShownProgress,
}

/// How far a message got.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Progress")]
pub(crate) struct ShownProgress {
    pub(crate) status: &'static str,
    pub(crate) attempts: u32,
    pub(crate) reason: Option<Box<str>>,
}

pub(super) fn pages(engine: &Engine, incident: &Incident) -> Vec<ShownPage> {
    incident.pages.iter().filter_map(|id| engine.state().incident.page(*id)).map(ShownPage::of).collect()
}

impl ShownPage {
    pub(crate) fn of(page: &Page) -> Self {
        let update = match page.ask {
            Ask::Approve(id) => Some(id.to_string()),
            Ask::Acknowledge | Ask::StillYours | Ask::TakeOver => None,
        };
        Self {
            id: page.id.to_string(),
            to: page.to.clone(),
            ask: asked(page.ask),
            update,
            because: page.because.clone(),
            status: page.status.as_str(),
            opened_at: Instant(page.opened_at),
            not_after: Instant(page.not_after),
            contacts: page.contacts.iter().map(contact).collect(),
        }
    }
}

const fn asked(ask: Ask) -> &'static str {
    match ask {
        Ask::Acknowledge => "acknowledge",
        Ask::StillYours => "still-yours",
        Ask::TakeOver => "take-over",
        Ask::Approve(_) => "approve",
    }
}

fn contact(address: &Address) -> ShownContact {
    let at = match address.progress {
        Progress::Delivered { at, .. } => at,
        Progress::Waiting | Progress::Sending(_) | Progress::Failed { .. } | Progress::Dropped => address.at,
    };
    ShownContact { contact: address.name.clone(), at: Instant(at), progress: ShownProgress::of(address) }
}

impl ShownProgress {
    pub(crate) fn of(address: &Address) -> Self {
        let (attempts, reason) = match &address.progress {
            Progress::Waiting | Progress::Dropped => (address.attempts.0, None),
            Progress::Sending(reason) => (address.attempts.0, reason.clone()),
            Progress::Delivered { attempts, .. } => (*attempts, None),
            Progress::Failed { reason, attempts } => (*attempts, Some(reason.clone())),
        };
        Self { status: address.progress.as_str(), attempts, reason }
    }
}

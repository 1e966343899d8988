//! What stakeholders and customers are told of an incident.

use evenkeel_incident::{Incident, Progress, UpdateStatus};
use evenkeel_record::UpdateKind;

use crate::incident_named::cut;
use crate::{Asked, Frame, Moment};

/// So many are shown, the newest first.
const SHOWN_MAX: usize = 6;
/// A text that waits can be edited, so it stands in full up to this; it is not offered for editing beyond.
const TEXT_MAX: usize = 1_500;

#[derive(Debug)]
pub(crate) struct Update {
    pub(crate) id: String,
    pub(crate) incident: String,
    pub(crate) audience: String,
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    pub(crate) text: String,
    /// Whether `text` is all of it.
    pub(crate) complete: bool,
    pub(crate) status: String,
    pub(crate) waits: bool,
    pub(crate) may_approve: bool,
    pub(crate) approvers: String,
    pub(crate) at: Moment,
    /// Where it went, and how that went.
    pub(crate) addresses: Vec<(String, String)>,
    /// What was typed in a form that was not taken.
    pub(crate) typed: Option<String>,
    pub(crate) reason: String,
}

/// The newest updates of an incident.
pub(super) fn of(asked: &Asked<'_>, frame: &Frame, incident: &Incident) -> Vec<Update> {
    let state = &asked.engine.state().incident;
    let newest = incident.updates.iter().rev().take(SHOWN_MAX);
    newest.filter_map(|id| state.update(*id)).map(|update| Update::of(asked, frame, update)).collect()
}

impl Update {
    pub(crate) fn of(asked: &Asked<'_>, frame: &Frame, update: &evenkeel_incident::Update) -> Self {
        let (status, waits) = match &update.status {
            UpdateStatus::AwaitingApproval => ("waits for approval".to_owned(), true),
            UpdateStatus::Sent => (sent(update.approved_by.as_deref()), false),
            UpdateStatus::Withdrawn(reason) => (format!("withdrawn: {}", cut(reason, 160)), false),
        };
        let id = update.id.to_string();
        let mine = asked.typed("update") == id;
        let approvers = update.approvers.iter().take(5).map(|one| cut(one.name(), 40)).collect::<Vec<_>>().join(", ");
        let address = |one: &evenkeel_incident::Address| (cut(&one.name, 60), went(&one.progress));
        Self {
            id,
            incident: update.incident.to_string(),
            audience: cut(&update.audience, 60),
            kind: match update.kind {
                UpdateKind::First => "that it began",
                UpdateKind::Progress => "how it goes",
                UpdateKind::Recovery => "that it is over",
            },
            title: cut(&update.title, 160),
            text: cut_lines(&update.text),
            complete: update.text.chars().nth(TEXT_MAX).is_none(),
            status,
            waits,
            may_approve: waits && asked.may_respond(),
            approvers,
            at: frame.moment(update.created_at),
            addresses: update.addresses.iter().take(8).map(address).collect(),
            typed: mine.then(|| asked.typed("text").to_owned()),
            reason: if mine { asked.typed("withdraw_reason").to_owned() } else { String::new() },
        }
    }
}

fn sent(by: Option<&str>) -> String {
    by.map_or_else(|| "sent".to_owned(), |by| format!("sent, approved by {}", cut(by, 60)))
}

fn went(progress: &Progress) -> String {
    match progress {
        Progress::Waiting => "waits".to_owned(),
        Progress::Sending(None) => "being sent".to_owned(),
        Progress::Sending(Some(reason)) => format!("not delivered yet: {}", cut(reason, 120)),
        Progress::Delivered { .. } => "delivered".to_owned(),
        Progress::Failed { reason, .. } => format!("not delivered: {}", cut(reason, 120)),
        Progress::Dropped => "not needed".to_owned(),
    }
}

/// With its line ends.
fn cut_lines(text: &str) -> String {
    text.chars().take(TEXT_MAX).collect()
}

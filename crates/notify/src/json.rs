//! Pages and updates as JSON of our own, for webhooks and files. `docs/notices.md` describes it.

use evenkeel_incident::UpdateMessage;
use evenkeel_record::{Ask, UpdateKind};
use serde::Serialize;

use crate::content::LinkedPage;
use crate::failure::Failure;

/// Grows when a field changes its meaning.
const VERSION: &str = "1";

#[derive(Debug, Serialize)]
struct Page<'a> {
    version: &'static str,
    kind: &'static str,
    id: String,
    incident: String,
    to: String,
    contact: &'a str,
    ask: &'static str,
    title: &'a str,
    severity: &'static str,
    severity_reason: &'a str,
    workload: Option<String>,
    impact: Impact<'a>,
    summary: &'a str,
    because: &'a [Box<str>],
    procedure: Option<&'a str>,
    escalation: Option<Step>,
    update: Option<Update<'a>>,
    opened_at: String,
    link: Option<&'a str>,
    attempt: u32,
    not_after: String,
    idempotency_key: &'a str,
    external_url: &'a str,
}

#[derive(Debug, Serialize)]
struct Impact<'a> {
    who: &'a str,
    what: &'a str,
}

/// Counted from 0, as everywhere in the record.
#[derive(Debug, Serialize)]
struct Step {
    step: u32,
    round: u32,
}

/// The update to approve.
#[derive(Debug, Serialize)]
struct Update<'a> {
    id: Option<String>,
    title: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Told<'a> {
    version: &'static str,
    kind: &'static str,
    id: String,
    incident: String,
    address: &'a str,
    audience: &'a str,
    update_kind: &'static str,
    title: &'a str,
    text: &'a str,
    severity: &'static str,
    attempt: u32,
    not_after: String,
    idempotency_key: &'a str,
    external_url: &'a str,
}

/// A page, in one line.
pub(crate) fn page(page: &LinkedPage, external_url: &str) -> Result<Vec<u8>, Failure> {
    let message = &page.message;
    let (ask, update) = asked(message.ask);
    written(&Page {
        version: VERSION,
        kind: "page",
        id: message.page.to_string(),
        incident: message.incident.to_string(),
        to: message.to.to_string(),
        contact: &message.contact,
        ask,
        title: &message.title,
        severity: message.severity.as_str(),
        severity_reason: &message.severity_reason,
        workload: message.workload.as_ref().map(|name| format!("workload:{name}")),
        impact: Impact { who: &message.impact_who, what: &message.impact_what },
        summary: &message.summary,
        because: &message.because,
        procedure: message.procedure.as_deref(),
        escalation: message.step.map(|(step, round)| Step { step, round }),
        update: message.update.as_ref().map(|text| Update { id: update, title: &text.title, text: &text.text }),
        opened_at: message.opened_at.to_string(),
        link: page.web_link(),
        attempt: message.attempt,
        not_after: message.not_after.to_string(),
        idempotency_key: &message.idempotency_key,
        external_url,
    })
}

/// An update, in one line.
pub(crate) fn update(message: &UpdateMessage, external_url: &str) -> Result<Vec<u8>, Failure> {
    written(&Told {
        version: VERSION,
        kind: "update",
        id: message.update.to_string(),
        incident: message.incident.to_string(),
        address: &message.address,
        audience: &message.audience,
        update_kind: match message.kind {
            UpdateKind::First => "first",
            UpdateKind::Progress => "progress",
            UpdateKind::Recovery => "recovery",
        },
        title: &message.title,
        text: &message.text,
        severity: message.severity.as_str(),
        attempt: message.attempt,
        not_after: message.not_after.to_string(),
        idempotency_key: &message.idempotency_key,
        external_url,
    })
}

fn asked(ask: Ask) -> (&'static str, Option<String>) {
    match ask {
        Ask::Acknowledge => ("acknowledge", None),
        Ask::StillYours => ("still-yours", None),
        Ask::TakeOver => ("take-over", None),
        Ask::Approve(update) => ("approve", Some(update.to_string())),
    }
}

/// A value as JSON.
pub(crate) fn written(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|error| Failure::lasting(format!("the message cannot be written: {error}")))
}

#[cfg(test)]
mod tests;

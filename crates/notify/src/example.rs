//! A page and an update for tests, with one text in every place that people or alerts fill.

use evenkeel_ids::{DocumentRef, IncidentId, PageId, Seq, UpdateId};
use evenkeel_incident::{PageMessage, UpdateMessage, UpdateText};
use evenkeel_record::{Ask, UpdateKind};
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

use crate::content::Content;

pub(crate) const LINK: &str = "https://evenkeel.example/p/AbCdEfGhIjKlMnOp";

/// A page as it comes in the night.
pub(crate) fn page() -> PageMessage {
    PageMessage {
        page: PageId(Seq(19)),
        incident: IncidentId(Seq(17)),
        to: DocumentRef::Person("ada".into()),
        contact: "phone".into(),
        ask: Ask::Acknowledge,
        title: "Orders cannot be paid".into(),
        severity: Severity::Sev1,
        severity_reason: "a workload of tier 1 is down".into(),
        workload: Some("orders".into()),
        impact_who: "customers in the shop".into(),
        impact_what: "cannot pay".into(),
        summary: "the queue has not drained for 5 minutes".into(),
        because: vec!["policy payments, step 1".into(), "schedule primary, layer weekly, turn 3 of 4".into()],
        procedure: Some("runbooks/restart-orders.md".into()),
        step: Some((0, 0)),
        update: None,
        opened_at: Timestamp(1_795_000_000_000),
        attempt: 1,
        not_after: Timestamp(1_795_003_600_000),
        idempotency_key: "0123456789abcdef".to_owned(),
    }
}

/// An update that says it is better.
pub(crate) fn update() -> UpdateMessage {
    UpdateMessage {
        update: UpdateId(Seq(30)),
        incident: IncidentId(Seq(17)),
        address: "status-mail/email[0]".into(),
        audience: "customers".into(),
        kind: UpdateKind::Progress,
        title: "Payments are slow".into(),
        text: "We have found the cause.\n\nPayments work again for most.".into(),
        severity: Severity::Sev2,
        attempt: 1,
        not_after: Timestamp(1_795_003_600_000),
        idempotency_key: "fedcba9876543210".to_owned(),
    }
}

/// A page that has this text wherever a text can be, and asks for approval of it.
pub(crate) fn page_of(text: &str) -> Content {
    let message = PageMessage {
        ask: Ask::Approve(UpdateId(Seq(30))),
        contact: text.into(),
        to: DocumentRef::Person(text.into()),
        title: text.into(),
        severity_reason: text.into(),
        workload: Some(text.into()),
        impact_who: text.into(),
        impact_what: text.into(),
        summary: text.into(),
        because: vec![text.into()],
        procedure: Some(text.into()),
        update: Some(UpdateText { title: text.into(), text: text.into() }),
        ..page()
    };
    Content::page(message, Some(LINK.to_owned()))
}

/// An update that has this text wherever a text can be.
pub(crate) fn update_of(text: &str) -> Content {
    Content::Update(UpdateMessage {
        address: text.into(),
        audience: text.into(),
        title: text.into(),
        text: text.into(),
        ..update()
    })
}

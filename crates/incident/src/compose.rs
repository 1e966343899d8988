//! Puts messages together from what is known now.

use evenkeel_delivery::idempotency_key;
use evenkeel_record::{Ask, SentId};

use crate::decision::Context;
use crate::message::{PageMessage, UpdateMessage, UpdateText};
use crate::{Address, Page};

impl Context<'_> {
    /// What a page says through one contact; `None` when page or incident are gone.
    #[must_use]
    pub fn page_message(&self, page: &Page, contact: &str) -> Option<PageMessage> {
        let incident = self.state.incident(page.incident)?;
        let address = page.contacts.iter().find(|address| address.name.as_ref() == contact)?;
        let workload = incident.workload.as_ref().and_then(|name| self.plan.catalogue.workloads.get(name));
        let update = match page.ask {
            Ask::Approve(id) => self.state.update(id),
            Ask::Acknowledge | Ask::StillYours | Ask::TakeOver => None,
        };
        Some(PageMessage {
            page: page.id,
            incident: incident.id,
            to: page.to.clone(),
            contact: address.name.clone(),
            ask: page.ask,
            title: incident.title.clone(),
            severity: incident.severity,
            severity_reason: incident.severity_reason.clone(),
            workload: incident.workload.clone(),
            impact_who: workload.map_or("".into(), |workload| workload.impact.who.clone()),
            impact_what: workload.map_or("".into(), |workload| workload.impact.what.clone()),
            summary: self.alerts.summary(&incident.alerts),
            because: page.because.clone(),
            procedure: self.response_plan(incident).and_then(|plan| plan.procedure.clone()),
            step: page.step,
            update: update.map(|update| UpdateText { title: update.title.clone(), text: update.text.clone() }),
            opened_at: incident.opened_at,
            attempt: address.attempts.0.max(1),
            not_after: page.not_after,
            idempotency_key: key(SentId::Page(page.id), address),
        })
    }

    /// What an update says through one address; `None` when update or incident are gone.
    #[must_use]
    pub fn update_message(&self, update: &crate::Update, address: &str) -> Option<UpdateMessage> {
        let incident = self.state.incident(update.incident)?;
        let address = update.addresses.iter().find(|known| known.name.as_ref() == address)?;
        Some(UpdateMessage {
            update: update.id,
            incident: incident.id,
            address: address.name.clone(),
            audience: update.audience.clone(),
            kind: update.kind,
            title: update.title.clone(),
            text: update.text.clone(),
            severity: incident.severity,
            attempt: address.attempts.0.max(1),
            not_after: update.not_after,
            idempotency_key: key(SentId::Update(update.id), address),
        })
    }
}

fn key(of: SentId, address: &Address) -> String {
    let (number, kind) = match of {
        SentId::Page(id) => (id.0.0, "page"),
        SentId::Update(id) => (id.0.0, "update"),
    };
    idempotency_key(number, &[kind, &address.name])
}

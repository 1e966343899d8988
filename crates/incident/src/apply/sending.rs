//! Records about pages, updates, and the messages that carry them.

use evenkeel_ids::{IncidentId, PageId, UpdateId};
use evenkeel_record::{
    Ask, MessageDelivered, MessageFailed, MessageFailing, MessageIntended, PageOpened, Record, SentId, UpdateApproved,
    UpdateDrafted, UpdateKind, UpdateWithdrawn,
};
use evenkeel_time::{Duration, Timestamp};

use crate::address::{Address, Progress};
use crate::volatile::Volatile;
use crate::{Bug, Page, PageStatus, State, Told, Update, UpdateStatus, planted};

/// An update is tried for so long.
pub(crate) const UPDATE_FOR: Duration = Duration::hours(1);

/// An incident shows so many pages, and so many updates; the journal has the others.
const SENT_KEPT: usize = 200;

/// Moves what has no outcome yet.
pub(super) fn shift(addresses: &mut [Address], by: Duration) {
    for address in addresses.iter_mut().filter(|address| address.open()) {
        address.at = address.at + by;
        address.retry_at.0 = address.retry_at.0.map(|at| at + by);
    }
}

impl State {
    pub(super) fn page_opened(&mut self, body: &PageOpened, record: &Record) {
        let id = PageId(record.seq);
        let same = |page: &Page| page.to == body.to && page.ask == body.ask;
        self.end_pages(body.incident, PageStatus::Superseded, same);
        let mut step = None;
        self.with_incident(body.incident, |incident| {
            incident.pages.push(id);
            if let Some(escalation) = incident.escalation.as_mut().filter(|_| !matches!(body.ask, Ask::Approve(_))) {
                escalation.pages.push(id);
                step = (body.ask == Ask::Acknowledge).then_some((escalation.step, escalation.round));
            }
        });
        let contacts = body.contacts.iter().map(|contact| Address::waiting(contact.contact.clone(), contact.at));
        let page = Page {
            id,
            incident: body.incident,
            to: body.to.clone(),
            ask: body.ask,
            because: body.because.clone(),
            step,
            opened_at: record.at,
            not_after: body.not_after,
            status: PageStatus::Open,
            link_used: false,
            contacts: contacts.collect(),
        };
        // An update whose body was erased is not there to be approved.
        let about_nothing = matches!(body.ask, Ask::Approve(update) if !self.updates.contains_key(&update));
        if self.incidents.contains_key(&body.incident) && !about_nothing {
            self.pages.insert(id, Box::new(page));
            self.with_page(id, |_| {});
            self.forget_old_pages(body.incident);
        }
    }

    pub(super) fn message_intended(&mut self, body: &MessageIntended) {
        self.with_address(body.of, &body.address, |address| address.progress = Progress::Sending(None));
    }

    pub(super) fn message_failing(&mut self, body: &MessageFailing) {
        self.with_address(body.of, &body.address, |address| {
            address.progress = Progress::Sending(Some(body.reason.clone()));
        });
    }

    pub(super) fn message_delivered(&mut self, body: &MessageDelivered, record: &Record) {
        self.with_address(body.of, &body.address, |address| {
            address.progress = Progress::Delivered { at: record.at, attempts: body.attempts };
            address.retry_at = Volatile(None);
        });
    }

    pub(super) fn message_failed(&mut self, body: &MessageFailed) {
        self.with_address(body.of, &body.address, |address| {
            address.progress = Progress::Failed { reason: body.reason.clone(), attempts: body.attempts };
            address.retry_at = Volatile(None);
        });
    }

    pub(super) fn update_drafted(&mut self, body: &UpdateDrafted, record: &Record) {
        let id = UpdateId(record.seq);
        let at_once = body.approvers.is_empty() || planted(Bug::SendUnapproved);
        if !self.incidents.contains_key(&body.incident) {
            return;
        }
        self.with_incident(body.incident, |incident| {
            incident.updates.push(id);
            let of = |told: &&mut Told| told.audience == body.audience && told.communication == body.communication;
            let first_sent = at_once && body.kind == UpdateKind::First;
            if let Some(told) = incident.audiences.iter_mut().find(of) {
                told.latest = id;
                told.next_at = Volatile(body.next_at);
                told.first_sent |= first_sent;
                return;
            }
            incident.audiences.push(Told {
                communication: body.communication.clone(),
                audience: body.audience.clone(),
                first_sent,
                latest: id,
                next_at: Volatile(body.next_at),
            });
        });
        let update = Update {
            id,
            incident: body.incident,
            communication: body.communication.clone(),
            audience: body.audience.clone(),
            kind: body.kind,
            title: body.title.clone(),
            text: body.text.clone(),
            approvers: body.approvers.clone(),
            status: if at_once { UpdateStatus::Sent } else { UpdateStatus::AwaitingApproval },
            approved_by: None,
            created_at: record.at,
            not_after: record.at + UPDATE_FOR,
            addresses: body.addresses.iter().map(|name| Address::waiting(name.clone(), record.at)).collect(),
        };
        self.updates.insert(id, update);
        self.with_update(id, |_| {});
        self.forget_old_updates(body.incident);
    }

    /// An incident that nobody answers for days is paged for days; its oldest pages that ended are forgotten.
    fn forget_old_pages(&mut self, id: IncidentId) {
        let Some(incident) = self.incidents.get_mut(&id).filter(|incident| incident.pages.len() > SENT_KEPT) else {
            return;
        };
        let ended = |page: &&PageId| {
            self.pages
                .get(page)
                .is_none_or(|page| page.status != PageStatus::Open && !page.contacts.iter().any(Address::open))
        };
        let Some(oldest) = incident.pages.iter().find(ended).copied() else { return };
        incident.pages.retain(|page| *page != oldest);
        self.pages.remove(&oldest);
    }

    /// The same for updates: the oldest that are not the newest of their audience.
    fn forget_old_updates(&mut self, id: IncidentId) {
        let Some(incident) = self.incidents.get_mut(&id).filter(|incident| incident.updates.len() > SENT_KEPT) else {
            return;
        };
        let over = |update: &&UpdateId| {
            let told = incident.audiences.iter().any(|told| told.latest == **update);
            !told && self.updates.get(update).is_none_or(|update| !update.addresses.iter().any(Address::open))
        };
        let Some(oldest) = incident.updates.iter().find(over).copied() else { return };
        incident.updates.retain(|update| *update != oldest);
        self.updates.remove(&oldest);
    }

    pub(super) fn update_approved(&mut self, body: &UpdateApproved, record: &Record) {
        self.with_update(body.update, |update| {
            update.status = UpdateStatus::Sent;
            update.approved_by = Some(record.actor.0.clone());
            update.not_after = record.at + UPDATE_FOR;
            update.addresses.iter_mut().for_each(|address| address.at = record.at);
            if let Some(text) = &body.text {
                update.text = text.clone();
            }
        });
        self.approval_over(body.update, body.page);
        let Some(update) = self.updates.get(&body.update) else { return };
        let (id, incident) = (update.id, update.incident);
        self.with_incident(incident, |incident| {
            let of = incident.audiences.iter_mut().filter(|told| told.latest == id);
            of.for_each(|told| told.first_sent = true);
        });
    }

    pub(super) fn update_withdrawn(&mut self, body: &UpdateWithdrawn) {
        self.with_update(body.update, |update| update.status = UpdateStatus::Withdrawn(body.reason.clone()));
        self.approval_over(body.update, body.page);
    }

    /// Nobody has to approve it any more.
    fn approval_over(&mut self, update: UpdateId, page: Option<PageId>) {
        let Some(incident) = self.updates.get(&update).and_then(|update| self.incidents.get(&update.incident)) else {
            return;
        };
        let asks = |id: &&PageId| self.pages.get(id).is_some_and(|page| page.ask == Ask::Approve(update));
        for id in incident.pages.iter().filter(asks).copied().collect::<Vec<_>>() {
            let status = if page == Some(id) { PageStatus::Answered } else { PageStatus::Superseded };
            self.with_page(id, |page| page.end(status));
        }
        self.use_link(page);
    }

    /// Until when an address is tried.
    pub(crate) fn not_after(&self, of: SentId) -> Option<Timestamp> {
        self.sent(of).map(|(_, not_after)| not_after)
    }
}

//! What each entity is waited for: a function of the entity alone, so that changing it moves its deadlines along.

use evenkeel_record::SentId;
use evenkeel_time::Timestamp;

use crate::address::{Address, Progress};
use crate::deadline::Deadline;
use crate::{Incident, Page, PageStatus, Phase, Update, UpdateStatus};

type Armed = Vec<(Timestamp, Deadline)>;

pub(crate) fn incident(incident: &Incident) -> Armed {
    let mut armed = Armed::new();
    let id = incident.id;
    if let Some(paused) = &incident.paused {
        armed.extend(paused.until.map(|at| (at, Deadline::PauseOver(id))));
    } else if incident.phase == Phase::Open {
        let next_at = match &incident.unroutable {
            Some(unroutable) => Some(unroutable.next_at.0),
            None => incident.escalation.as_ref().and_then(|escalation| escalation.next_at),
        };
        armed.extend(next_at.map(|at| (at, Deadline::Step(id))));
    } else if let Some(acknowledged) = incident.acknowledged.as_ref().filter(|_| incident.phase == Phase::Acknowledged)
    {
        armed.push((acknowledged.until, Deadline::Acknowledgement(id)));
    }
    if incident.active() {
        let due = |(place, told): (u32, &crate::Told)| told.next_at.0.map(|at| (at, Deadline::Cadence(id, place)));
        armed.extend((0..).zip(&incident.audiences).filter_map(due));
    }
    if let Some(resolved) = incident.resolved.as_ref().filter(|_| incident.phase == Phase::Resolved) {
        armed.push((resolved.reopen_until, Deadline::Close(id)));
    }
    armed
}

pub(crate) fn page(page: &Page) -> Armed {
    let mut armed = addresses(SentId::Page(page.id), &page.contacts);
    if page.status == PageStatus::Open && page.contacts.iter().any(Address::open) {
        armed.push((page.not_after, Deadline::PageExpiry(page.id)));
    }
    armed
}

pub(crate) fn update(update: &Update) -> Armed {
    if update.status == UpdateStatus::Sent {
        let mut armed = addresses(SentId::Update(update.id), &update.addresses);
        // It goes at once. The record's time is ahead of a clock that was set back.
        let first = armed.iter_mut().filter(|(_, deadline)| matches!(deadline, Deadline::Send(..)));
        first.for_each(|(at, _)| *at = Timestamp(i64::MIN));
        armed
    } else {
        Vec::new()
    }
}

fn addresses(of: SentId, addresses: &[Address]) -> Armed {
    let due = |(place, address): (u32, &Address)| match address.progress {
        Progress::Waiting => Some((address.at, Deadline::Send(of.into(), place))),
        Progress::Sending(_) => address.retry_at.0.map(|at| (at, Deadline::Retry(of.into(), place))),
        Progress::Delivered { .. } | Progress::Failed { .. } | Progress::Dropped => None,
    };
    (0..).zip(addresses).filter_map(due).collect()
}

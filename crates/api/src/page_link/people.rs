//! Who was asked, and what became of it, a line each.

use evenkeel_ids::DocumentRef;

use super::clock::Clock;
use crate::incidents::{ShownContact, ShownPage};

/// `bob was paged at 04:09: phone, delivered at 04:09`
pub(super) fn asked(page: &ShownPage, clock: &Clock) -> String {
    let what = match page.ask {
        "still-yours" => "was asked whether it is still theirs",
        "take-over" => "was asked to take over",
        "approve" => "was asked to approve an update",
        _ => "was paged",
    };
    let became = match page.status {
        "answered" => " and acted",
        "failed" => " and was not reached",
        "expired" => " and did not answer in time",
        "superseded" => "; that is not needed any more",
        _ => "",
    };
    let who = name(&page.to);
    format!("{who} {what} at {}{became}: {}", clock.at(page.opened_at.0), contacts(&page.contacts, clock))
}

fn name(to: &DocumentRef) -> String {
    match to {
        DocumentRef::Person(name) => name.to_string(),
        DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => to.to_string(),
    }
}

/// `phone, delivered at 04:04; desk, from 04:06 on`
pub(super) fn contacts(contacts: &[ShownContact], clock: &Clock) -> String {
    if contacts.is_empty() {
        return "there is no way to reach them".to_owned();
    }
    contacts.iter().map(|one| contact(one, clock)).collect::<Vec<_>>().join("; ")
}

fn contact(contact: &ShownContact, clock: &Clock) -> String {
    let (name, at) = (&contact.contact, clock.at(contact.at.0));
    let tries = match contact.progress.attempts {
        0 | 1 => String::new(),
        tries => format!(" after {tries} attempts"),
    };
    let reason = contact.progress.reason.as_deref().unwrap_or("");
    match contact.progress.status {
        "delivered" => format!("{name}, delivered at {at}{tries}"),
        "sending" if reason.is_empty() => format!("{name}, being sent"),
        "sending" => format!("{name}, not delivered yet{tries}: {reason}"),
        "failed" => format!("{name}, not delivered{tries}: {reason}"),
        "dropped" => format!("{name}, not needed"),
        _ => format!("{name}, from {at} on"),
    }
}

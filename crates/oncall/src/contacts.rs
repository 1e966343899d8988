//! When each contact of a person is tried.

use std::sync::Arc;

use evenkeel_model::{NotificationRule, Person};
use evenkeel_record::PageContact;
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};

/// Quiet hours that follow each other put nothing off for longer than this.
const QUIET_MAX: Duration = Duration::hours(8 * 24);

/// When each contact is tried for a page of that severity, in the order of trying. A person without a rule for it is
/// tried through all contacts at once. What would come in quiet hours comes at their end.
///
/// Each contact is there once, by the earliest of its rules: outcomes are remembered by contact, and one that fails is
/// tried again anyway.
#[must_use]
pub fn contacts(person: &Person, severity: Severity, at: Timestamp) -> Vec<PageContact> {
    let fits = |rule: &&NotificationRule| {
        (rule.severities.is_empty() || rule.severities.contains(&severity))
            && person.contacts.contains_key(&rule.contact)
    };
    let mut tries: Vec<(&Arc<str>, Timestamp)> =
        person.notify.iter().filter(fits).map(|rule| (&rule.contact, at + rule.after)).collect();
    if tries.is_empty() {
        tries = person.contacts.keys().map(|contact| (contact, at)).collect();
    }
    let audible = |(contact, at)| PageContact { contact: Arc::clone(contact), at: after_quiet(person, severity, at) };
    let mut found: Vec<PageContact> = tries.into_iter().map(audible).collect();
    found.sort_by_key(|contact| contact.at);
    let mut once: Vec<PageContact> = Vec::with_capacity(found.len());
    for contact in found {
        if !once.iter().any(|known| known.contact == contact.contact) {
            once.push(contact);
        }
    }
    once
}

/// The first instant from `at` on that no quiet hours of that severity have.
fn after_quiet(person: &Person, severity: Severity, at: Timestamp) -> Timestamp {
    let quiet = |at| {
        let windows = person.quiet_hours.iter().filter(|quiet| quiet.severities.contains(&severity));
        windows.filter_map(|quiet| quiet.window.end_after(&person.zone, at)).max()
    };
    let last = at + QUIET_MAX;
    let mut audible = at;
    while let Some(end) = quiet(audible).filter(|_| audible < last) {
        audible = end.min(last);
    }
    audible
}

#[cfg(test)]
mod tests;

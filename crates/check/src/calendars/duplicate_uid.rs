//! `duplicate-uid`: two events of a calendar that are one by their names.
//!
//! A change of one occurrence has the `UID` of its event, and says by `RECURRENCE-ID` which one it is of.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::{codes, quoted};
use evenkeel_time::Timestamp;

use crate::Repo;

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    for calendar in &repo.documents.calendars {
        let mut first: BTreeMap<(&str, Option<Timestamp>), Span> = BTreeMap::new();
        for event in &calendar.events {
            let Some(uid) = event.uid.as_ref().filter(|uid| !uid.is_empty()) else { continue };
            let key = (&*uid.value, event.replaces);
            let Some(before) = first.get(&key) else {
                first.insert(key, uid.span);
                continue;
            };
            let headline = format!("two events of the calendar have the `UID` {}", quoted(uid));
            let diag = Diagnostic::finding(codes::DUPLICATE_UID, uid.span, headline).related(*before, "first here");
            diags.push(
                diag.help("give one of them another `UID`, or say by `RECURRENCE-ID` which occurrence it changes"),
            );
        }
    }
}

//! `never-happens`: an event that recurs, and never does.
//!
//! An event that is over is as it should be. One whose rule never gives anything, or all of whose occurrences are taken
//! out, was meant to be something else: the freeze that nobody notices is missing.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::CalendarEvent;
use evenkeel_model::{codes, quoted};
use evenkeel_time::{Recurrence, Timestamp};

use crate::Repo;

/// How many days and periods are looked at for one event at first: most happen within a few years.
const GLANCE: u32 = 2_000;
/// And then: enough for 400 years of days, after which all repeats.
const SEARCH: u32 = 200_000;
/// For so many events, so that no calendar takes longer than about a second.
const SEARCHED_MAX: usize = 100;

/// What comes of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Happens,
    /// The rule gives nothing.
    Never,
    /// The rule gives something, and all of it is taken out.
    TakenOut,
    /// The search was given up.
    Unknown,
}

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let mut searched = 0;
    for event in repo.documents.calendars.iter().flat_map(|calendar| &calendar.events) {
        let Some(rule) = event.recurrence.as_ref().filter(|_| event.also.is_empty() && !event.cancelled) else {
            continue;
        };
        let mut found = outcome(event, rule, GLANCE);
        if found == Outcome::Unknown && searched < SEARCHED_MAX {
            searched += 1;
            found = outcome(event, rule, SEARCH);
        }
        diags.extend(finding(event, rule, found));
    }
}

/// Of the occurrences one more is looked at than dates are taken out: one of them stays, or there are no more.
fn outcome(event: &CalendarEvent, rule: &Recurrence, budget: u32) -> Outcome {
    let except: BTreeSet<Timestamp> = event.except.iter().copied().collect();
    let mut occurrences = rule.occurrences(event.starts.value, &event.zone, budget);
    let mut any = false;
    for at in occurrences.by_ref().take(except.len() + 1) {
        any = true;
        if !except.contains(&at) {
            return Outcome::Happens;
        }
    }
    match (occurrences.gave_up(), any) {
        (true, _) => Outcome::Unknown,
        (false, true) => Outcome::TakenOut,
        (false, false) => Outcome::Never,
    }
}

fn finding(event: &CalendarEvent, rule: &Spanned<Recurrence>, found: Outcome) -> Option<Diagnostic> {
    let name =
        event.summary.as_ref().map_or_else(|| "an event".to_owned(), |name| format!("the event {}", quoted(name)));
    let (why, help) = match found {
        Outcome::Happens | Outcome::Unknown => return None,
        Outcome::Never if ends_before(event, rule) => {
            ("its recurrence ends before it begins", "move `UNTIL` behind `DTSTART`")
        }
        Outcome::Never => ("no date fits its recurrence", "correct the rule; no year has such a day"),
        Outcome::TakenOut => {
            ("every date of its recurrence is taken out", "remove the event, or the `EXDATE` that is one too many")
        }
    };
    let diag = Diagnostic::finding(codes::NEVER_HAPPENS, rule.span, format!("{name} never takes place: {why}"));
    Some(diag.related(event.starts.span, "begins here").help(help))
}

/// Whether the rule would give something, did it not end.
fn ends_before(event: &CalendarEvent, rule: &Recurrence) -> bool {
    let endless = Recurrence { until: None, ..rule.clone() };
    rule.until.is_some() && endless.occurrences(event.starts.value, &event.zone, GLANCE).next().is_some()
}

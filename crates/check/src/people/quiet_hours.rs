//! `quiet-hours-cover-everything`: quiet hours that never end for a severity, or that keep the worst pages back.
//!
//! What comes in quiet hours comes at their end, after eight days at the latest. That is meant for what can wait.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_ids::DocumentRef;
use evenkeel_model::document::{Declared, PersonDocument};
use evenkeel_model::{QuietHours, codes, quoted};
use evenkeel_severity::Severity;

use super::paged;
use super::reach::Reach;
use super::weekdays::{time_of_day, weekdays};
use crate::Repo;

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;

/// Reports quiet hours of those who may be paged.
pub(super) fn quiet_hours(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if repo.documents.people.iter().all(|person| person.spec.quiet_hours.is_empty()) {
        return;
    }
    let (targets, reach) = (paged::targets(repo), Reach::of(repo));
    let mut paged: std::collections::BTreeMap<&str, Span> = std::collections::BTreeMap::new();
    for (target, span) in &targets {
        for person in reach.people(target) {
            paged.entry(person).or_insert(*span);
        }
    }
    for person in &repo.documents.people {
        let by = paged.get(&*person.name.value).copied();
        if repo.place(&DocumentRef::Person(person.name.value.as_ref().into())) == Some(person.name.span) {
            diags.extend(by.and_then(|by| judged(person, by)));
        }
    }
}

fn judged(person: &Declared<PersonDocument>, by: Span) -> Option<Diagnostic> {
    let quiet = &person.spec.quiet_hours;
    let endless: Vec<Severity> = Severity::ALL.into_iter().filter(|severity| never_ends(quiet, *severity)).collect();
    let name = quoted(&person.name.value);
    let finding = |headline| Diagnostic::finding(codes::QUIET_HOURS_COVER_EVERYTHING, person.name.span, headline);
    if !endless.is_empty() {
        let list = endless.iter().map(|severity| format!("`{severity}`")).collect::<Vec<_>>().join(", ");
        let headline = format!("the quiet hours of {name} never end for {list}, so such a page waits for 8 days");
        return Some(finding(headline).related(by, "paged by this").help("leave hours in which they can be woken"));
    }
    let worst = quiet.iter().find(|hours| hours.severities.contains(&Severity::Sev1))?;
    let headline = format!("the quiet hours of {name} keep even `sev1` from them");
    let window = &worst.window;
    let (from, until) = (time_of_day(window.start), time_of_day(window.end));
    let diag = finding(headline).label(format!("every {} {from}-{until}", weekdays(window.weekdays)));
    Some(diag.related(by, "paged by this").help("name in `severities` only what can wait until they are over"))
}

/// Whether the windows of a severity leave no minute of a week.
fn never_ends(quiet: &[QuietHours], severity: Severity) -> bool {
    let mut intervals: BTreeSet<(u32, u32)> = BTreeSet::new();
    for window in quiet.iter().filter(|hours| hours.severities.contains(&severity)).map(|hours| hours.window) {
        let (start, end) = (u32::from(window.start), u32::from(window.end));
        let length = if end <= start { end + DAY - start } else { end - start };
        for day in (0..7).filter(|day| window.weekdays & (1 << day) != 0) {
            let from = day * DAY + start;
            intervals.insert((from, (from + length).min(WEEK)));
            intervals.insert((0, (from + length).saturating_sub(WEEK)));
        }
    }
    let covered = intervals.iter().fold(0, |end, (from, until)| if *from <= end { end.max(*until) } else { end });
    covered >= WEEK
}

#[cfg(test)]
mod tests {
    use super::{QuietHours, Severity, never_ends};
    use evenkeel_time::WeeklyWindow;

    fn quiet(weekdays: u8, start: u16, end: u16) -> QuietHours {
        let window = WeeklyWindow { weekdays, start: start * 60, end: end * 60 };
        QuietHours { window, severities: vec![Severity::Sev4] }
    }

    #[test]
    fn windows_that_meet_all_around_the_week_never_end() {
        let every_day = 0b111_1111;
        assert!(never_ends(&[quiet(every_day, 0, 24)], Severity::Sev4));
        assert!(never_ends(&[quiet(every_day, 22, 7), quiet(every_day, 7, 22)], Severity::Sev4));
        assert!(never_ends(&[quiet(0b011_1111, 22, 22), quiet(0b100_0000, 22, 22)], Severity::Sev4));
        assert!(!never_ends(&[quiet(every_day, 22, 7), quiet(every_day, 8, 22)], Severity::Sev4));
        assert!(!never_ends(&[quiet(0b011_1111, 22, 22), quiet(0b100_0000, 22, 21)], Severity::Sev4));
        assert!(!never_ends(&[quiet(every_day, 0, 24)], Severity::Sev3));
        assert!(!never_ends(&[], Severity::Sev4));
    }
}

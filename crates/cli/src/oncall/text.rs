//! Who is on call, as tables.

use super::answer::{Gaps, Loads, Now, Override, Overrides, Shifts};
use crate::client::{Context, Shown, Table, Tone, line};
use crate::exit::Exit;

type Field = (String, Option<Tone>);

/// Who is on call now.
pub(super) fn now(answer: &Now, cx: &Context) -> String {
    let mut table = Table::new(["SCHEDULE", "ON CALL", "SINCE", "UNTIL", "BECAUSE"]);
    for one in &answer.schedules {
        let since = one.since.map_or_else(|| "always".to_owned(), |at| cx.minute(at.0));
        let until = one.until.map_or_else(|| "further notice".to_owned(), |at| cx.when(at.0));
        table.toned([plain(&one.schedule), people(&one.people), (since, None), (until, None), why(&one.because)]);
    }
    tabled(&table, "no schedules", cx)
}

/// Who is on call next.
pub(super) fn next(answer: &Now, cx: &Context) -> String {
    let mut table = Table::new(["SCHEDULE", "NOW", "NEXT", "FROM"]);
    for one in &answer.schedules {
        let (then, from) = match &one.next {
            Some(next) => (people(&next.people), cx.when(next.from.0)),
            None => (plain("no change"), String::new()),
        };
        table.toned([plain(&one.schedule), people(&one.people), then, (from, None)]);
    }
    tabled(&table, "no schedules", cx)
}

/// Who is on call at an instant, and why they.
pub(super) fn who(answer: &Now, cx: &Context) -> String {
    let head = cx.paint(Tone::Heading, &format!("at {}", cx.when(answer.at.0)));
    format!("{head}\n{}", now(answer, cx))
}

/// Shift by shift.
pub(super) fn shifts(answer: &Shifts, cx: &Context) -> String {
    let mut table = Table::new(["FROM", "UNTIL", "ON CALL", "BECAUSE"]);
    for shift in &answer.shifts {
        let (from, until) = (cx.minute(shift.from.0), cx.minute(shift.until.0));
        table.toned([(from, None), (until, None), people(&shift.people), why(&shift.because)]);
    }
    tabled(&table, "no shifts", cx)
}

/// When nobody is on call.
pub(super) fn gaps(answer: &Gaps, cx: &Context) -> Shown {
    let mut table = Table::new(["SCHEDULE", "FROM", "UNTIL", "HOURS"]);
    for gap in &answer.gaps {
        let (from, until) = (cx.minute(gap.from.0), cx.minute(gap.until.0));
        table.toned([plain(&gap.schedule), (from, None), (until, None), (hours(gap.hours), Some(Tone::Bad))]);
    }
    let exit = if answer.gaps.is_empty() { Exit::Good } else { Exit::Findings };
    Shown { exit, ..Shown::good(tabled(&table, "no gaps: somebody is on call at every time", cx)) }
}

/// Who carries how much.
pub(super) fn load(answer: &Loads, cx: &Context) -> String {
    let mut table = Table::new(["PERSON", "HOURS", "NIGHTS", "WEEKEND DAYS", "PAGES", "PAGES AT NIGHT"]);
    let count = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
    for one in &answer.load {
        table.row([
            line(&one.person),
            hours(one.hours),
            one.nights.to_string(),
            one.weekend_days.to_string(),
            count(one.pages),
            count(one.night_pages),
        ]);
    }
    if table.len() == 0 { "nobody was on call\n".to_owned() } else { table.text(cx, "") }
}

/// One override that was set.
pub(super) fn set(one: &Override, cx: &Context) -> String {
    let instead = one.replaces.as_ref().map_or_else(String::new, |who| format!(" in place of {}", line(who)));
    let (from, until) = (cx.minute(one.from.0), cx.minute(one.until.0));
    format!(
        "set: {}, {} on call in {}{instead} from {from} until {until}\n{}\n",
        line(&one.id),
        line(&one.person),
        line(&one.schedule),
        cx.zone_note(),
    )
}

/// The overrides that were set.
pub(super) fn overrides(answer: &Overrides, cx: &Context) -> String {
    let mut table = Table::new(["OVERRIDE", "SCHEDULE", "ON CALL", "IN PLACE OF", "FROM", "UNTIL", "REASON"]);
    for one in &answer.overrides {
        table.row([
            line(&one.id),
            line(&one.schedule),
            line(&one.person),
            line(one.replaces.as_deref().unwrap_or_default()),
            cx.minute(one.from.0),
            cx.minute(one.until.0),
            line(&one.reason),
        ]);
    }
    tabled(&table, "no overrides", cx)
}

fn tabled(table: &Table, empty: &str, cx: &Context) -> String {
    if table.len() == 0 { format!("{empty}\n") } else { format!("{}{}\n", table.text(cx, ""), cx.zone_note()) }
}

fn plain(text: &str) -> Field {
    (line(text), None)
}

/// That nobody is on call needs no second mention.
fn why(because: &str) -> Field {
    if because == "nobody" { (String::new(), None) } else { plain(because) }
}

fn people(people: &[String]) -> Field {
    if people.is_empty() {
        return ("nobody".to_owned(), Some(Tone::Bad));
    }
    let names: Vec<String> = people.iter().map(|who| line(who)).collect();
    (names.join(", "), None)
}

/// Whole hours without a fraction.
fn hours(hours: f64) -> String {
    let text = format!("{hours:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

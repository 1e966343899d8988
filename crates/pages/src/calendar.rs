//! A month of a schedule, week by week, on one wall clock.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_model::Schedule;
use evenkeel_oncall::{Span, State, shifts};
use evenkeel_time::{Civil, Timestamp, Zone};

use crate::alerts_text::clipped;

/// So many colours there are; whoever comes after shares one, and is told apart by initials and name.
const COLOURS: usize = 8;
/// So many turns are shown in one day.
const TURNS_MAX: usize = 3;
/// So many people of one turn are shown.
const PEOPLE_MAX: usize = 2;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Month {
    /// `January 2026`
    pub(crate) name: String,
    /// Monday first; each has seven days.
    pub(crate) weeks: Vec<Vec<Day>>,
    /// `2025-12`
    pub(crate) before: String,
    /// `2026-02`
    pub(crate) after: String,
    /// Who has which colour.
    pub(crate) people: Vec<Person>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) number: u8,
    /// `2026-01-02`
    pub(crate) date: String,
    /// Whether it is of the month rather than of one beside it.
    pub(crate) of_month: bool,
    pub(crate) today: bool,
    /// Whether the clocks change on it.
    pub(crate) clocks_change: bool,
    pub(crate) turns: Vec<Turn>,
    /// How many more turns there are.
    pub(crate) more: usize,
}

/// Who is on call in a part of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    /// From when, where it begins on this day.
    pub(crate) from: Option<String>,
    /// Nobody, where there is none.
    pub(crate) people: Vec<Person>,
    pub(crate) more: usize,
}

/// A person as the calendar shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) colour: usize,
}

/// The people of a schedule, each with the number that picks their colour.
#[derive(Debug)]
pub(crate) struct Palette(BTreeMap<Arc<str>, usize>);

impl Palette {
    /// Everybody who has turns or stands in, by name.
    pub(crate) fn of(schedule: &Schedule, overrides: &State) -> Self {
        let turns = schedule.layers.iter().flat_map(|layer| layer.turns.iter().flatten());
        let written = schedule.overrides.iter().flat_map(|one| &one.people);
        let set = overrides.overrides().filter(|one| one.schedule == schedule.name).map(|one| &one.person);
        let mut all: Vec<&Arc<str>> = turns.chain(written).chain(set).collect();
        all.sort_unstable();
        all.dedup();
        Self(all.into_iter().cloned().zip(0..).collect())
    }

    pub(crate) fn person(&self, name: &str) -> Person {
        let colour = self.0.get(name).copied().unwrap_or(0) % COLOURS;
        Person { name: clipped(name, 32), initials: initials(name), colour }
    }
}

/// Two letters that remind of a name.
pub(crate) fn initials(name: &str) -> String {
    let mut parts = name.split(['-', '_', '.', ' ']).filter(|part| !part.is_empty());
    let first = |part: &str| part.chars().next();
    let (one, two) = (parts.next().unwrap_or(""), parts.next_back());
    let letters: String = match two {
        Some(two) => first(one).into_iter().chain(first(two)).collect(),
        None => one.chars().take(2).collect(),
    };
    letters.to_uppercase()
}

/// The month that `text` names, such as `2026-02`, else that of an instant.
pub(crate) fn month(text: Option<&str>, now: Timestamp, zone: &Zone) -> Civil {
    let today = zone.civil(now);
    let read = |text: &str| {
        let (year, month) = text.split_once('-')?;
        let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        // Nobody plans further, and overrides are forgotten sooner.
        let near = |year: &i16| (today.year - 2..=today.year + 5).contains(year);
        Some(Civil { year: year.parse().ok().filter(near)?, month, day: 1, minute: 0 })
    };
    text.and_then(read).unwrap_or(Civil { day: 1, minute: 0, ..today })
}

impl Month {
    /// The month that begins on `first`.
    pub(crate) fn of(schedule: &Schedule, overrides: &State, first: Civil, now: Timestamp, zone: &Zone) -> Self {
        let lead = i64::from((first.weekday() + 6) % 7);
        let days = i64::from(first.days_in_month());
        let weeks = (lead + days + 6) / 7;
        let begin = first.plus_days(-lead);
        let midnight = |day: i64| zone.instant(begin.plus_days(day));
        let spans = shifts(schedule, overrides, midnight(0), midnight(weeks * 7));
        let palette = Palette::of(schedule, overrides);
        let day = |number: i64| {
            let of_day = (midnight(number), midnight(number + 1));
            Day::of(begin.plus_days(number), first, of_day, now, &spans, &palette, zone)
        };
        let mut seen: Vec<&Arc<str>> = spans.iter().flat_map(|span| &span.on_call.people).collect();
        seen.sort_unstable();
        seen.dedup();
        Self {
            name: named(first),
            weeks: (0..weeks).map(|week| (week * 7..week * 7 + 7).map(&day).collect()).collect(),
            before: written(first.plus_days(-1)),
            after: written(first.plus_days(days)),
            people: seen.into_iter().take(60).map(|name| palette.person(name)).collect(),
        }
    }
}

impl Day {
    fn of(
        civil: Civil,
        month: Civil,
        (from, until): (Timestamp, Timestamp),
        now: Timestamp,
        spans: &[Span],
        palette: &Palette,
        zone: &Zone,
    ) -> Self {
        let first = spans.partition_point(|span| span.until <= from);
        let of_day = spans.iter().skip(first).take_while(|span| span.from < until);
        let turn = |span: &Span| {
            let people = &span.on_call.people;
            Turn {
                from: (span.from > from).then(|| time_of_day(zone.civil(span.from))),
                people: people.iter().take(PEOPLE_MAX).map(|name| palette.person(name)).collect(),
                more: people.len().saturating_sub(PEOPLE_MAX),
            }
        };
        let mut turns: Vec<Turn> = Vec::new();
        let mut more = 0;
        for turn in of_day.map(turn) {
            // The same people for another reason are the same people.
            if turns.last().is_some_and(|last| last.people == turn.people && last.more == turn.more) {
                continue;
            }
            if turns.len() == TURNS_MAX {
                more += 1;
            } else {
                turns.push(turn);
            }
        }
        Self {
            number: civil.day,
            date: format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day),
            of_month: (civil.year, civil.month) == (month.year, month.month),
            today: from <= now && now < until,
            clocks_change: until - from != evenkeel_time::Duration::hours(24),
            turns,
            more,
        }
    }
}

fn named(civil: Civil) -> String {
    let month = MONTHS.get(usize::from(civil.month).saturating_sub(1)).copied().unwrap_or("?");
    format!("{month} {}", civil.year)
}

fn written(civil: Civil) -> String {
    format!("{:04}-{:02}", civil.year, civil.month)
}

fn time_of_day(civil: Civil) -> String {
    format!("{:02}:{:02}", civil.minute / 60, civil.minute % 60)
}

#[cfg(test)]
mod tests;

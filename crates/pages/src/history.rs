//! How long something was wrong on each of the last thirty days: bars, and the same in words.

use std::fmt::Write;

use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;

use crate::clock::long;
use crate::mark::Mark;
use crate::{Clock, Rows};

/// So many days are looked at, today among them.
pub(crate) const DAYS: usize = 30;
const DAYS_BACK: i64 = 29;
const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: u32 = 24 * 60;

/// The days that are looked at, as the reader's wall clock has them.
#[derive(Debug, Clone)]
pub(crate) struct Days {
    /// The first instant of each, and that of the day after the last.
    starts: Vec<Timestamp>,
    names: Vec<String>,
    now: Timestamp,
}

/// A time in which something was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bad {
    pub(crate) from: Timestamp,
    /// `None`: it lasts.
    pub(crate) until: Option<Timestamp>,
    pub(crate) severity: Severity,
}

impl Bad {
    /// Whether any of it is in these days.
    pub(crate) fn touches(&self, days: &Days) -> bool {
        self.until.is_none_or(|until| until > days.from())
    }
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) name: String,
    /// How long something was wrong; what is wrong twice at once counts once.
    pub(crate) minutes: u32,
    /// The worst of it.
    pub(crate) worst: Option<Severity>,
}

/// The days, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct History {
    pub(crate) days: Vec<Day>,
}

/// Bars of one severity, as one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bars {
    pub(crate) class: &'static str,
    pub(crate) path: String,
}

/// A small picture of the days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spark {
    pub(crate) bars: Vec<Bars>,
    /// The same in words.
    pub(crate) label: String,
    /// As short as it can be: `65 min`.
    pub(crate) short: String,
}

/// How a picture is laid out. Units: those of the drawing.
#[derive(Debug, Clone, Copy)]
struct Layout {
    step: u32,
    width: u32,
    height: u32,
}

const SMALL: Layout = Layout { step: 4, width: 3, height: 24 };
const LARGE: Layout = Layout { step: 13, width: 10, height: 96 };

impl Days {
    /// Those up to today.
    pub(crate) fn of(clock: &Clock) -> Self {
        let today = clock.zone.civil(clock.now).day_number();
        let minutes = i64::from(DAY_MINUTES);
        let start = |day: i64| clock.zone.instant_of_minute((today - DAYS_BACK + day) * minutes);
        let starts: Vec<Timestamp> = (0..=DAYS_BACK + 1).map(start).collect();
        let names = starts.iter().take(DAYS).map(|at| clock.day(*at)).collect();
        Self { starts, names, now: clock.now }
    }

    /// When the first of them begins.
    pub(crate) fn from(&self) -> Timestamp {
        self.starts.first().copied().unwrap_or(self.now)
    }

    /// What was wrong, day by day.
    pub(crate) fn history(&self, mut bad: Vec<Bad>) -> History {
        bad.sort_by_key(|one| one.from);
        let spans = self.starts.iter().zip(self.starts.iter().skip(1));
        let day = |(name, (start, end)): (&String, (&Timestamp, &Timestamp))| self.day(name, *start, *end, &bad);
        History { days: self.names.iter().zip(spans).map(day).collect() }
    }

    fn day(&self, name: &str, start: Timestamp, end: Timestamp, bad: &[Bad]) -> Day {
        let (mut ms, mut reached, mut worst) = (0, start, None::<Severity>);
        for one in bad.iter().filter(|one| one.from < end) {
            let until = one.until.unwrap_or(self.now).min(end);
            if until <= start {
                continue;
            }
            worst = Some(worst.map_or(one.severity, |known| known.min(one.severity)));
            let from = one.from.max(reached);
            if from < until {
                ms += until.0 - from.0;
                reached = until;
            }
        }
        // What began is never shown as nothing.
        let minutes = u32::try_from((ms + MINUTE_MS - 1) / MINUTE_MS).unwrap_or(DAY_MINUTES);
        Day { name: name.to_owned(), minutes: if worst.is_some() { minutes.max(1) } else { 0 }, worst }
    }
}

impl History {
    /// All days together. Units: minutes.
    pub(crate) fn minutes(&self) -> u32 {
        self.days.iter().map(|day| day.minutes).sum()
    }

    /// Those on which something was wrong, the newest first.
    pub(crate) fn bad_days(&self) -> impl Iterator<Item = &Day> {
        self.days.iter().rev().filter(|day| day.worst.is_some())
    }

    /// A small picture.
    pub(crate) fn spark(&self) -> Spark {
        let short = if self.minutes() == 0 { "none".to_owned() } else { self.length() };
        Spark { bars: self.bars(SMALL), label: self.label(), short }
    }

    /// Bars of a large picture, and the label that goes with them.
    pub(crate) fn chart(&self) -> Spark {
        Spark { bars: self.bars(LARGE), ..self.spark() }
    }

    fn length(&self) -> String {
        long(i64::from(self.minutes()) * MINUTE_MS)
    }

    fn label(&self) -> String {
        let count = self.bad_days().count();
        let worst = self.days.iter().filter(|day| day.worst.is_some()).min_by_key(|day| day.worst);
        let Some((worst, severity)) = worst.and_then(|day| Some((day, day.worst?))) else {
            return format!("{DAYS} days without an incident");
        };
        let days = if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
        let (length, word) = (self.length(), severity.as_str());
        format!("{length} in incidents on {days} of {DAYS}; the worst {word} on {}", worst.name)
    }

    /// The bars of each severity. Their height grows as the root of the time, so that ten minutes can be seen beside a day.
    fn bars(&self, layout: Layout) -> Vec<Bars> {
        let of = |severity: Severity| {
            let mut path = String::new();
            let mut x = 0;
            for day in &self.days {
                if day.worst == Some(severity) {
                    let high = (layout.height.pow(2) * day.minutes.min(DAY_MINUTES) / DAY_MINUTES).isqrt().max(2);
                    let _ = write!(path, "M{x} {}v-{high}h{}v{high}z", layout.height, layout.width);
                }
                x += layout.step;
            }
            Bars { class: Mark::of(severity).class, path }
        };
        Severity::ALL.into_iter().map(of).filter(|bars| !bars.path.is_empty()).collect()
    }
}

/// The times that rows say, each with the text of its first column. Shape of a row: text, from, until, severity.
pub(crate) fn bad_times(rows: &Rows) -> impl Iterator<Item = (String, Bad)> {
    rows.rows.iter().filter_map(|row| {
        let [of, from, until, severity, ..] = row.as_slice() else { return None };
        let severity = severity.whole().and_then(by_number).unwrap_or(Severity::Sev5);
        Some((of.text(), Bad { from: from.instant()?, until: until.instant(), severity }))
    })
}

/// The severity of a number, as the evidence has it: 1 is the worst.
pub(crate) fn by_number(number: i64) -> Option<Severity> {
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    Severity::ALL.get(at).copied()
}

#[cfg(test)]
mod tests {
    use evenkeel_time::Zone;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn times_fall_into_days_of_the_reader_and_count_once() {
        let zone = Zone::named("Europe/Berlin").expect("a zone");
        let days = Days::of(&Clock { zone, now: at("2026-01-30T12:00:00Z") });
        let bad = |from, until: Option<&str>, severity| Bad { from: at(from), until: until.map(at), severity };
        let history = days.history(vec![
            // Over midnight in Berlin, and one inside the other.
            bad("2026-01-28T22:30:00Z", Some("2026-01-28T23:30:00Z"), Severity::Sev2),
            bad("2026-01-28T22:40:00Z", Some("2026-01-28T22:50:00Z"), Severity::Sev1),
            bad("2026-01-30T11:59:59Z", None, Severity::Sev4),
            bad("2025-12-01T00:00:00Z", Some("2025-12-02T00:00:00Z"), Severity::Sev1),
        ]);
        let shown = |day: &Day| format!("{} {} {:?}", day.name, day.minutes, day.worst.map(Severity::as_str));
        assert_eq!(
            history.bad_days().map(shown).collect::<Vec<_>>(),
            ["Fri 30 Jan 1 Some(\"sev4\")", "Thu 29 Jan 30 Some(\"sev2\")", "Wed 28 Jan 30 Some(\"sev1\")",]
        );
        let spark = history.spark();
        assert_eq!(spark.label, "61 min in incidents on 3 days of 30; the worst sev1 on Wed 28 Jan");
        assert_eq!(spark.bars[0].path, "M108 24v-3h3v3z");
        assert_eq!(days.history(Vec::new()).spark().label, "30 days without an incident");
    }
}

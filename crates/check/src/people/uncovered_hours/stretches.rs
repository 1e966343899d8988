//! Stretches of time in words: those that recur are said once.

use std::collections::BTreeMap;

use evenkeel_time::{Civil, Duration, Timestamp, Zone};

use crate::people::weekdays::{date, moment, time_of_day, weekday, weekdays};

/// From and until, not included.
pub(super) type Stretch = (Timestamp, Timestamp);

const DAY_MINUTES: i64 = 24 * 60;
/// So many sorts of stretches are told.
const SHOWN_MAX: usize = 3;

/// Stretches that begin and end at the same times of day.
struct Sort {
    /// On the wall clock.
    begins: Vec<Civil>,
    /// Units: minutes of the wall clock.
    length: i64,
}

/// What they are: `every Saturday and Sunday 00:00-08:00, 104 times, first on 2026-11-21`, those that recur most before
/// others. They are known between `known`; what reaches as far as that goes on.
pub(super) fn told(stretches: &[Stretch], zone: &Zone, now: Timestamp, known: Stretch) -> String {
    let mut sorts: BTreeMap<(u16, i64), Sort> = BTreeMap::new();
    let mut all = Vec::new();
    for stretch in stretches {
        let (begins, ends) = (zone.civil(stretch.0), zone.civil(stretch.1));
        match (stretch.0 <= known.0, known.1 <= stretch.1) {
            (_, true) if stretch.0 <= now => all.push("from now on".to_owned()),
            (_, true) => all.push(format!("from {} on", moment(begins))),
            (true, false) => all.push(format!("from now until {}", moment(ends))),
            (false, false) => {
                let length = zone.minute_number(stretch.1) - zone.minute_number(stretch.0);
                let sort = sorts.entry((begins.minute, length)).or_insert_with(|| Sort { begins: Vec::new(), length });
                sort.begins.push(begins);
            }
        }
    }
    let mut sorts: Vec<Sort> = sorts.into_values().collect();
    sorts.sort_by_key(|sort| (std::cmp::Reverse(sort.begins.len()), sort.begins.first().copied()));
    let shown = SHOWN_MAX.saturating_sub(all.len());
    let rest: usize = sorts.iter().skip(shown).map(|sort| sort.begins.len()).sum();
    all.extend(sorts.iter().take(shown).map(|sort| sort.told(zone.civil(now))));
    if rest > 0 {
        all.push(format!("and {rest} more"));
    }
    all.join("; ")
}

/// `832 hours`, `30 minutes`, `1 hour 30 minutes`.
pub(super) fn lasting(total: Duration) -> String {
    let minutes = total.0 / Duration::minutes(1).0;
    let counted = |count: i64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    match (minutes / 60, minutes % 60) {
        (hours, 0) => counted(hours, "hour"),
        (0, minutes) => counted(minutes, "minute"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

impl Sort {
    fn told(&self, now: Civil) -> String {
        let Some(first) = self.begins.first() else { return String::new() };
        let count = self.begins.len();
        if count == 1 {
            let ends = first.plus_minutes(self.length);
            if *first <= now {
                return format!("from now until {}", moment(ends));
            }
            return match first.day_number() == ends.day_number() {
                true => format!("{}-{}", moment(*first), time_of_day(ends.minute)),
                false => format!("{} until {}", moment(*first), moment(ends)),
            };
        }
        let when = match (self.recurs(), self.begins.iter().all(|begin| begin.weekday() == first.weekday())) {
            (true, _) => format!("every {} ", weekdays(self.days())),
            (false, true) => format!("on {}s ", weekday(first.weekday())),
            (false, false) => String::new(),
        };
        let since =
            if *first <= now { "the first of them now".to_owned() } else { format!("first on {}", date(*first)) };
        format!("{when}{}, {count} times, {since}", self.hours(*first))
    }

    /// `20:00-08:00`, or, when it is longer than a day, `17:00 for 64 hours`.
    fn hours(&self, first: Civil) -> String {
        let end = i64::from(first.minute) + self.length;
        if self.length > DAY_MINUTES {
            return format!("{} for {}", time_of_day(first.minute), lasting(Duration::minutes(self.length)));
        }
        let end = if end == DAY_MINUTES { end } else { end % DAY_MINUTES };
        format!("{}-{}", time_of_day(first.minute), time_of_day(u16::try_from(end).unwrap_or(0)))
    }

    /// On which weekdays any begins. Bit 0 is Sunday.
    fn days(&self) -> u8 {
        self.begins.iter().fold(0, |days, begin| days | 1 << begin.weekday())
    }

    /// Whether one begins on each of its weekdays from the first to the last, and for longer than a fortnight.
    fn recurs(&self) -> bool {
        let (Some(first), Some(last)) = (self.begins.first(), self.begins.last()) else { return false };
        let days = self.days();
        let span = first.days_until(*last);
        let meant = (0..=span).filter(|day| days & (1 << first.plus_days(*day).weekday()) != 0).count();
        span > 14 && meant == self.begins.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{lasting, told};
    use evenkeel_time::{Duration, Timestamp, Zone};

    const FIRST: &str = "2026-11-12T12:00:00Z";
    const NOW: &str = "2026-11-20T12:00:00Z";
    const LAST: &str = "2027-11-28T12:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[track_caller]
    fn check(stretches: &[(&str, &str)], expected: &str) {
        let zone = Zone::named("Europe/Berlin").expect("bundled");
        let stretches: Vec<_> = stretches.iter().map(|(from, until)| (at(from), at(until))).collect();
        assert_eq!(told(&stretches, &zone, at(NOW), (at(FIRST), at(LAST))), expected);
    }

    #[test]
    fn what_happens_once_is_told_with_its_date() {
        check(
            &[("2026-12-24T08:00:00Z", "2026-12-24T11:00:00Z"), ("2026-12-31T22:00:00Z", "2027-01-01T07:00:00Z")],
            "Thursday 2026-12-24 09:00-12:00; Thursday 2026-12-31 23:00 until Friday 2027-01-01 08:00",
        );
    }

    #[test]
    fn what_begins_before_now_or_ends_after_all_is_told_so() {
        check(&[("2026-11-20T11:00:00Z", "2026-11-23T08:00:00Z")], "from now until Monday 2026-11-23 09:00");
        check(&[("2027-03-01T08:00:00Z", "2027-11-28T12:00:00Z")], "from Monday 2027-03-01 09:00 on");
        check(&[("2026-11-12T12:00:00Z", "2027-11-28T12:00:00Z")], "from now on");
    }

    #[test]
    fn what_recurs_is_told_once_whatever_the_clocks_do() {
        let zone = Zone::named("Europe/Berlin").expect("bundled");
        let monday = zone.civil(at("2027-03-07T23:00:00Z"));
        let nights: Vec<_> = (0..28)
            .map(|day| monday.plus_days(day).plus_minutes(20 * 60))
            .map(|from| (zone.instant(from), zone.instant(from.plus_minutes(12 * 60))))
            .collect();
        let told = told(&nights, &zone, at(NOW), (at(FIRST), at(LAST)));
        assert_eq!(told, "every day 20:00-08:00, 28 times, first on 2027-03-08");
    }

    #[test]
    fn lengths_are_told_in_hours_and_minutes() {
        assert_eq!(lasting(Duration::hours(832)), "832 hours");
        assert_eq!(lasting(Duration::minutes(61)), "1 hour 1 minute");
        assert_eq!(lasting(Duration::minutes(30)), "30 minutes");
    }
}

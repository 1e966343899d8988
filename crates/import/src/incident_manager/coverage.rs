//! Hours of a week, and how a document of ours writes them.

use crate::emit::{Map, Value};

/// Minutes of a day.
pub(super) const DAY: u16 = 24 * 60;
/// Minutes of a week.
pub(super) const WEEK: u16 = 7 * DAY;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A set of minutes of the week, which begins on Monday. Shape: ranges in order, apart, the end not included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Hours(Vec<(u16, u16)>);

impl Hours {
    /// Adds what begins at a minute and lasts so long; it may go on into the next week.
    pub(super) fn add(&mut self, start: u16, length: u16) {
        let (start, length) = (start % WEEK, length.min(WEEK));
        let end = start + length;
        self.0.push((start, end.min(WEEK)));
        if end > WEEK {
            self.0.push((0, end - WEEK));
        }
        self.0.sort_unstable();
        let mut joined: Vec<(u16, u16)> = Vec::new();
        for (start, end) in self.0.drain(..).filter(|(start, end)| start < end) {
            match joined.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                Some(_) | None => joined.push((start, end)),
            }
        }
        self.0 = joined;
    }

    /// What both have.
    pub(super) fn both(&self, other: &Self) -> Self {
        let mut both = Self::default();
        for (start, end) in &self.0 {
            for (from, until) in &other.0 {
                let (start, end) = ((*start).max(*from), (*end).min(*until));
                both.add(start, end.saturating_sub(start));
            }
        }
        both
    }

    /// Whether it is the whole week.
    pub(super) fn is_always(&self) -> bool {
        self.0 == [(0, WEEK)]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As `restrictions` of a layer: times of day, each with the weekdays on which they begin.
    pub(super) fn restrictions(&self) -> Vec<Value> {
        let mut windows: Vec<((u16, u16), Vec<u16>)> = Vec::new();
        for (start, end) in self.over_the_week_end() {
            for (day, times) in by_day(start, end) {
                match windows.iter_mut().find(|(known, _)| *known == times) {
                    Some((_, days)) => days.push(day),
                    None => windows.push((times, vec![day])),
                }
            }
        }
        windows.into_iter().map(|(times, days)| window(times, days)).collect()
    }

    /// The ranges, what ends with the week and what begins with it being one.
    fn over_the_week_end(&self) -> Vec<(u16, u16)> {
        let mut ranges = self.0.clone();
        if let ([(0, first), _, ..], Some((_, WEEK))) = (ranges.as_slice(), ranges.last()) {
            let first = *first;
            if let Some(last) = ranges.last_mut() {
                last.1 = WEEK + first;
            }
            ranges.remove(0);
        }
        ranges
    }
}

/// A range as times of day: as one when it is no longer than a day, else day by day.
fn by_day(start: u16, end: u16) -> Vec<(u16, (u16, u16))> {
    if end - start <= DAY {
        let ends_at = match end % DAY {
            0 => DAY,
            minute => minute,
        };
        return vec![(start / DAY % 7, (start % DAY, ends_at))];
    }
    let midnight = (start / DAY + 1) * DAY;
    let mut days = vec![(start / DAY % 7, (start % DAY, DAY))];
    days.extend(by_day(midnight, end));
    days
}

fn window((start, end): (u16, u16), mut days: Vec<u16>) -> Value {
    days.sort_unstable();
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let map = Map::new().with("times", format!("{}-{}", clock(start), clock(end)));
    if days.len() == 7 {
        return map.into();
    }
    let names: Vec<&str> = days.iter().filter_map(|day| WEEKDAYS.get(usize::from(*day)).copied()).collect();
    map.with("weekdays", names).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(ranges: &[(u16, u16)]) -> Hours {
        let mut hours = Hours::default();
        ranges.iter().for_each(|(start, length)| hours.add(*start, *length));
        hours
    }

    fn shown(hours: &Hours) -> String {
        Map::new().with("r", Value::List(hours.restrictions())).to_text()
    }

    #[test]
    fn ranges_join_and_meet() {
        let all = hours(&(0..7).map(|day| (day * DAY, DAY)).collect::<Vec<_>>());
        assert!(all.is_always());
        let nights = hours(&[(6 * DAY + 22 * 60, 9 * 60)]);
        assert_eq!(nights, Hours(vec![(0, 7 * 60), (6 * DAY + 22 * 60, WEEK)]));
        assert_eq!(nights.both(&all), nights);
        assert!(nights.both(&hours(&[(DAY, DAY)])).is_empty());
    }

    #[test]
    fn hours_are_written_as_people_say_them() {
        let office = hours(&(0..5).map(|day| (day * DAY + 540, 480)).collect::<Vec<_>>());
        assert_eq!(
            shown(&office),
            "r:\n  - times: \"09:00-17:00\"\n    weekdays: [monday, tuesday, wednesday, thursday, friday]\n"
        );
        let nights = hours(&(0..7).map(|day| (day * DAY + 22 * 60, 9 * 60)).collect::<Vec<_>>());
        assert_eq!(shown(&nights), "r:\n  - times: \"22:00-07:00\"\n");
        let weekend = hours(&[(4 * DAY + 17 * 60, 64 * 60)]);
        let expected = "r:
  - times: \"17:00-24:00\"
    weekdays: [friday]
  - times: \"00:00-24:00\"
    weekdays: [saturday, sunday]
  - times: \"00:00-09:00\"
    weekdays: [monday]
";
        assert_eq!(shown(&weekend), expected);
    }
}

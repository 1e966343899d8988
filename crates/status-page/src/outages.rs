//! How a component was over time: stretches of one condition, and what they come to on each day.
//!
//! Days are those of UTC, so that everybody who looks sees the same.

use evenkeel_time::{Duration, Timestamp};

use crate::Condition;

const DAY_MS: i64 = 24 * 3_600_000;

/// For how long a component was how; stretches may overlap, and then the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: Timestamp,
    /// Not included.
    pub(crate) until: Timestamp,
    pub(crate) condition: Condition,
}

/// How a component was on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its beginning.
    pub start: Timestamp,
    /// The worst on that day; `None`: nothing is known of it.
    pub worst: Option<Condition>,
    /// For how long it did not work.
    pub down_for: Duration,
    /// For how long it is known how it was.
    pub known_for: Duration,
}

/// The beginning of the day of an instant.
pub(crate) fn day_of(at: Timestamp) -> Timestamp {
    Timestamp(at.0 - at.0.rem_euclid(DAY_MS))
}

/// The last `count` days up to now, oldest first.
pub(crate) fn days(stretches: &[Stretch], known_since: Option<Timestamp>, now: Timestamp, count: u32) -> Vec<Day> {
    let today = day_of(now);
    let first = Timestamp(today.0 - i64::from(count.saturating_sub(1)) * DAY_MS);
    let worst_first = flat(stretches);
    (0..i64::from(count))
        .map(|n| {
            let start = Timestamp(first.0 + n * DAY_MS);
            day(&worst_first, known_since, start, Timestamp(start.0 + DAY_MS).min(now))
        })
        .collect()
}

fn day(flat: &[Stretch], known_since: Option<Timestamp>, start: Timestamp, end: Timestamp) -> Day {
    let known_from = known_since.map_or(end, |since| since.max(start));
    let mut day = Day {
        start,
        worst: (known_from < end || known_since.is_some_and(|since| since <= start)).then_some(Condition::Operational),
        down_for: Duration::ZERO,
        known_for: Duration::ZERO.max(end - known_from),
    };
    let first = flat.partition_point(|stretch| stretch.until <= start);
    for stretch in flat.iter().skip(first).take_while(|stretch| stretch.from < end) {
        day.worst = day.worst.max(Some(stretch.condition));
        if stretch.condition.is_down() {
            day.down_for = day.down_for + (stretch.until.min(end) - stretch.from.max(start));
        }
    }
    day
}

/// How it is at an instant, and since when something has been wrong, or worked on, without a break.
pub(crate) fn lasting(stretches: &[Stretch], now: Timestamp) -> Option<(Condition, Timestamp)> {
    let flat = flat(stretches);
    let before = flat.partition_point(|stretch| stretch.from <= now);
    let mut back = flat.get(..before)?.iter().rev();
    let last = back.next().filter(|stretch| now < stretch.until)?;
    let planned = |stretch: &Stretch| stretch.condition == Condition::Maintenance;
    let mut since = last.from;
    for stretch in back.take_while(|stretch| planned(stretch) == planned(last)) {
        if stretch.until != since {
            break;
        }
        since = stretch.from;
    }
    Some((last.condition, since))
}

/// The same without overlaps, in order of time: of what overlaps the worst.
fn flat(stretches: &[Stretch]) -> Vec<Stretch> {
    let mut cuts: Vec<Timestamp> = stretches.iter().flat_map(|stretch| [stretch.from, stretch.until]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut sorted = stretches.to_vec();
    sorted.sort_by_key(|stretch| stretch.from);
    let (mut flat, mut lasting, mut coming): (Vec<Stretch>, Vec<Stretch>, _) =
        (Vec::new(), Vec::new(), sorted.into_iter().peekable());
    for pair in cuts.windows(2) {
        let [from, until] = pair else { continue };
        while let Some(stretch) = coming.next_if(|stretch| stretch.from <= *from) {
            lasting.push(stretch);
        }
        lasting.retain(|stretch| stretch.until > *from);
        let Some(condition) = lasting.iter().map(|stretch| stretch.condition).max() else { continue };
        match flat.last_mut().filter(|last| last.until == *from && last.condition == condition) {
            Some(last) => last.until = *until,
            None => flat.push(Stretch { from: *from, until: *until, condition }),
        }
    }
    flat
}

/// What is left of a stretch when windows are cut out.
pub(crate) fn outside(stretch: Stretch, windows: &[(Timestamp, Timestamp)]) -> Vec<Stretch> {
    let mut left = vec![stretch];
    for (from, until) in windows {
        let cut = |one: Stretch| {
            let before = Stretch { until: one.until.min(*from), ..one };
            let after = Stretch { from: one.from.max(*until), ..one };
            [before, after].into_iter().filter(|part| part.from < part.until)
        };
        left = left.into_iter().flat_map(cut).collect();
    }
    left
}

/// The share of the known time in which it worked. Units: millionths; `None`: nothing is known.
pub(crate) fn up_ppm(days: &[Day]) -> Option<u32> {
    let known: i64 = days.iter().map(|day| day.known_for.0).sum();
    let down: i64 = days.iter().map(|day| day.down_for.0.min(day.known_for.0)).sum();
    let up = (known - down).max(0);
    (known > 0).then(|| u32::try_from(i128::from(up) * 1_000_000 / i128::from(known)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn stretch(from: i64, until: i64, condition: Condition) -> Stretch {
        Stretch { from: Timestamp(from * HOUR), until: Timestamp(until * HOUR), condition }
    }

    #[test]
    fn the_worst_of_what_overlaps_counts_once() {
        use Condition::{Degraded, MajorOutage, PartialOutage};
        let all = [stretch(1, 5, PartialOutage), stretch(2, 3, MajorOutage), stretch(0, 10, Degraded)];
        let flat = flat(&all);
        let wanted = [
            stretch(0, 1, Degraded),
            stretch(1, 2, PartialOutage),
            stretch(2, 3, MajorOutage),
            stretch(3, 5, PartialOutage),
            stretch(5, 10, Degraded),
        ];
        assert_eq!(flat, wanted);
        let days = days(&all, Some(Timestamp(0)), Timestamp(12 * HOUR), 1);
        assert_eq!(
            (days[0].worst, days[0].down_for, days[0].known_for),
            (Some(MajorOutage), Duration::hours(4), Duration::hours(12))
        );
        assert_eq!(up_ppm(&days), Some(666_666));
    }

    #[test]
    fn what_lasts_over_midnight_is_on_both_days_and_what_nobody_knows_is_on_none() {
        let all = [stretch(47, 49, Condition::MajorOutage)];
        let days = days(&all, Some(Timestamp(36 * HOUR)), Timestamp(60 * HOUR), 4);
        let shown: Vec<_> = days.iter().map(|day| (day.worst, day.down_for.0 / HOUR, day.known_for.0 / HOUR)).collect();
        let (good, bad) = (None, Some(Condition::MajorOutage));
        assert_eq!(shown, [(good, 0, 0), (good, 0, 0), (bad, 1, 12), (bad, 1, 12)]);
        assert_eq!(up_ppm(&days[..2]), None);
    }

    #[test]
    fn planned_work_is_cut_out() {
        let hit = stretch(0, 10, Condition::MajorOutage);
        let windows =
            [(2, 4), (8, 20), (30, 40)].map(|(from, until)| (Timestamp(from * HOUR), Timestamp(until * HOUR)));
        let left = outside(hit, &windows);
        assert_eq!(left, [stretch(0, 2, Condition::MajorOutage), stretch(4, 8, Condition::MajorOutage)]);
    }
}

//! When a group is evaluated.
//!
//! At whole multiples of its interval since 1970. Prometheus moves each group by a part of its interval that follows from its
//! name; here groups of one interval share their instants, so that they share what they read. What was missed is not made up
//! for.

use evenkeel_time::{Duration, Timestamp};

/// The last instant at which a group of that interval is evaluated, not later than `now`.
#[must_use]
pub const fn slot(interval: Duration, now: Timestamp) -> Timestamp {
    let interval = if interval.0 > 0 { interval.0 } else { 1 };
    Timestamp(now.0 - now.0.rem_euclid(interval))
}

/// What is due of a group that was evaluated at `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) at: Timestamp,
    pub(crate) missed: u64,
}

/// The evaluation that is due, if one is.
///
/// Where the clock was set back by more than two intervals, it counts from there: nobody waits until it has caught up.
pub(crate) fn due(interval: Duration, last: Timestamp, now: Timestamp) -> Option<Due> {
    let at = slot(interval, now);
    if at > last {
        let intervals = (at - last).0 / interval.0.max(1);
        return Some(Due { at, missed: u64::try_from(intervals - 1).unwrap_or(0) });
    }
    (now + interval * 2 < last).then_some(Due { at, missed: 0 })
}

/// When the next evaluation is due.
pub(crate) fn next(interval: Duration, last: Timestamp) -> Timestamp {
    slot(interval, last) + interval
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_evaluated_at_multiples_of_their_interval_and_never_in_a_burst() {
        let interval = Duration(15_000);
        assert_eq!(slot(interval, Timestamp(44_999)), Timestamp(30_000));
        assert_eq!(slot(interval, Timestamp(-1)), Timestamp(-15_000));
        let due = |last, now| due(interval, Timestamp(last), Timestamp(now)).map(|due| (due.at.0, due.missed));
        assert_eq!(due(30_000, 44_999), None);
        assert_eq!(due(30_000, 45_001), Some((45_000, 0)));
        assert_eq!(due(30_000, 1_000_000), Some((990_000, 63)));
        assert_eq!(due(30_000, 29_000), None, "a clock that goes back a little");
        assert_eq!(due(3_000_000, 1_000_000), Some((990_000, 0)), "and one that goes back far");
        assert_eq!(next(interval, Timestamp(30_000)), Timestamp(45_000));
    }
}

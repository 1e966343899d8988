//! The one place that reads the clocks.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use evenkeel_time::{Duration, Timestamp};

/// Wall clock and monotonic clock further apart than this is a jump.
const JUMP_MIN: Duration = Duration::secs(2);

/// The instant of the wall clock.
pub(crate) fn wall_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Reads the wall clock against the monotonic one.
#[derive(Debug)]
pub(crate) struct Clock {
    wall: Timestamp,
    monotonic: Instant,
    now: Timestamp,
}

/// One reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Never before the reading before, unless the clock jumped.
    pub(crate) now: Timestamp,
    /// How far the wall clock jumped since the reading before, if it did.
    pub(crate) jumped: Option<Duration>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        let wall = wall_now();
        Self { wall, monotonic: Instant::now(), now: wall }
    }

    pub(crate) fn read(&mut self) -> Reading {
        self.take(wall_now(), Instant::now())
    }

    fn take(&mut self, wall: Timestamp, monotonic: Instant) -> Reading {
        let passed = i64::try_from(monotonic.duration_since(self.monotonic).as_millis()).unwrap_or(i64::MAX);
        let apart = wall - (self.wall + Duration(passed));
        (self.wall, self.monotonic) = (wall, monotonic);
        let jumped = (apart > JUMP_MIN || apart < Duration::ZERO - JUMP_MIN).then_some(apart);
        self.now = if jumped.is_some() { wall } else { wall.max(self.now) };
        Reading { now: self.now, jumped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_steps_back_stand_still_and_large_ones_are_jumps() {
        let start = Instant::now();
        let mut clock = Clock { wall: Timestamp(10_000), monotonic: start, now: Timestamp(10_000) };
        let mut at = |wall, passed_ms| clock.take(Timestamp(wall), start + std::time::Duration::from_millis(passed_ms));
        assert_eq!(at(11_000, 1000), Reading { now: Timestamp(11_000), jumped: None });
        assert_eq!(at(10_500, 1100), Reading { now: Timestamp(11_000), jumped: None });
        let hour = 3_600_000;
        assert_eq!(at(10_600 + hour, 1200), Reading { now: Timestamp(10_600 + hour), jumped: Some(Duration(hour)) });
        assert_eq!(at(10_700, 1300), Reading { now: Timestamp(10_700), jumped: Some(Duration(-hour)) });
    }
}

//! True time, which only goes on, and the wall clock, which people and time servers set.

use evenkeel_time::{Duration, Timestamp};

/// Units: milliseconds of true time since the run began.
pub(crate) type Mono = i64;

pub(crate) const SECOND: Mono = 1000;
pub(crate) const MINUTE: Mono = 60 * SECOND;
pub(crate) const HOUR: Mono = 60 * MINUTE;

/// The clocks of the machine.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    pub(crate) mono: Mono,
    /// Wall clock less true time.
    pub(crate) offset: i64,
    /// The offset that the engine knows of: the shell tells it a jump with the next step.
    pub(crate) known_offset: i64,
}

impl Clock {
    pub(crate) fn new(start: Timestamp) -> Self {
        Self { mono: 0, offset: start.0, known_offset: start.0 }
    }

    pub(crate) fn wall(&self) -> Timestamp {
        Timestamp(self.mono + self.offset)
    }

    /// The jump the engine has not been told of.
    pub(crate) fn untold_jump(&self) -> Option<Duration> {
        (self.offset != self.known_offset).then_some(Duration(self.offset - self.known_offset))
    }

    /// True time of an instant the engine armed something for.
    pub(crate) fn mono_of(&self, at: Timestamp) -> Mono {
        at.0.saturating_sub(self.known_offset)
    }
}

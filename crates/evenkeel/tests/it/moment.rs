//! When the kill comes: spread over starting, taking requests in, committing, answering, and sending.

use std::time::Duration;

use crate::dice::Dice;
use crate::sink::Sink;
use crate::stage::Stage;

/// No life is longer than this.
const LIFE_MAX: Duration = Duration::from_millis(400);

/// What the kill waits for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    /// So long after the process was started, served or not.
    Starting(Duration),
    /// So long after it serves.
    After(Duration),
    /// Shortly after so many requests began to be written.
    Posting(u64, Duration),
    /// Just when so many requests were answered.
    Answered(u64),
    /// Shortly after so many deliveries arrived at the sink.
    Sending(u64, Duration),
}

impl Moment {
    pub(crate) fn thrown(dice: &mut Dice) -> Self {
        let count = 1 + dice.below(12);
        let micros = Duration::from_micros(dice.below(8000));
        match dice.below(10) {
            0 => Self::Starting(Duration::from_millis(dice.below(60))),
            1 | 2 => Self::After(Duration::from_millis(dice.below(350))),
            3..=5 => Self::Posting(count, micros),
            6 | 7 => Self::Answered(count),
            _ => Self::Sending(count, micros),
        }
    }

    pub(crate) fn await_on(self, stage: &Stage, sink: &Sink) {
        let before = stage.counts();
        match self {
            Self::Starting(after) | Self::After(after) => stage.pause(after),
            Self::Posting(count, after) => {
                stage.wait(LIFE_MAX, |counts| counts.posting >= before.posting + count);
                stage.pause(after);
            }
            Self::Answered(count) => stage.wait(LIFE_MAX, |counts| counts.answered >= before.answered + count),
            Self::Sending(count, after) => {
                let seen = sink.count() + usize::try_from(count).unwrap_or(usize::MAX) - 1;
                let _ = sink.more_than(seen, LIFE_MAX);
                stage.pause(after);
            }
        }
    }
}

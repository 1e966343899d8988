//! What did not hold.

use std::fmt;

/// What is checked. The table in `docs/design/simulator.md` ties each to an invariant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// An answer or an effect was given out for what is not durable.
    AcknowledgedIsDurable,
    /// The answer to a command is the one its situation asks for.
    AnswerIsRight,
    /// The state is the fold of the durable records, also after a crash or a failed commit.
    StateIsFold,
    /// The chain verifies from the first record to the last.
    ChainVerifies,
    /// Each record names the adopted plan.
    RecordNamesPlan,
    /// Only a plan that was offered and resolved replaces the one before.
    PlanIsOffered,
    /// Live alerts are in the groups that the plan's routes give them.
    RoutedByPlan,
    /// A record has an input or a deadline that explains it.
    RecordHasCause,
    /// An alert resolves only because its sender said so or kept silent for its lease.
    ResolveHasCause,
    /// An alert nobody speaks of does resolve.
    LeaseRunsOut,
    /// An alert that fires is told to each integration in time.
    AlertIsTold,
    /// The first notice of a new group comes after its wait.
    FirstNoticeInTime,
    /// A recovery is told to those who were told of the firing.
    RecoveryIsTold,
    /// What goes on firing is told again after the repeat interval.
    RepeatInTime,
    /// And not before.
    RepeatNotEarly,
    /// What is silenced, inhibited or muted is not told.
    MutedIsNotTold,
    /// A notice tells what its group holds, all of it and nothing else.
    NoticeIsComplete,
    /// A notice has one final outcome.
    NoticeHasOneOutcome,
    /// An open notice is under way, or is tried again.
    NoticeIsTried,
    /// An alert sent again unchanged is no record.
    UnchangedCostsNothing,
    /// The journal grows with what happens, not with time or senders.
    GrowthIsBounded,
    /// Nothing panics.
    NothingPanics,
}

/// A check that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub check: Check,
    /// What was seen.
    pub what: String,
}

impl Violation {
    /// A failed check.
    #[must_use]
    pub fn new(check: Check, what: String) -> Self {
        Self { check, what }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.check, self.what)
    }
}

/// Leaves with a [`Violation`] unless the condition holds.
macro_rules! hold {
    ($holds:expr, $check:ident, $($what:tt)+) => {
        if !$holds {
            return Err($crate::violation::Violation::new($crate::violation::Check::$check, format!($($what)+)));
        }
    };
}
pub(crate) use hold;

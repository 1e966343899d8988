//! Bugs planted on purpose, so that the tests can be tested: each must be caught by one of them.
//!
//! Without the feature `planted-bugs` [`planted`] is constantly false and costs nothing; the product is
//! built without it.

/// A bug that can be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// Answers and effects are given out although the commit failed.
    AcknowledgeBeforeCommit,
    /// After a failed commit the state is kept instead of folded again.
    KeepStateAfterFailedCommit,
    /// Deadlines are not armed after a fold.
    ForgetDeadlinesAfterRestart,
    /// Leases are not renewed after a fold.
    ForgetLeasesAfterRestart,
    /// Open notices are not sent again after a start.
    ForgetOpenNoticesAfterRestart,
    /// A resolve is taken and not recorded.
    DropResolve,
    /// A group's resolved alerts leave before their recovery is delivered.
    ClearBeforeDelivery,
    /// A failed attempt is not tried again.
    NeverRetry,
    /// An unchanged alert that is sent again is recorded.
    RecordUnchanged,
    /// A clock jump does not move what is armed.
    IgnoreClockJump,
    /// A silenced alert is told all the same.
    IgnoreSilences,
    /// A group is not told again after the repeat interval.
    NeverRepeat,
    /// A new plan does not route live alerts anew.
    KeepOldRoutes,
}

impl Bug {
    /// Every bug that can be planted.
    pub const ALL: &[Self] = &[
        Self::AcknowledgeBeforeCommit,
        Self::KeepStateAfterFailedCommit,
        Self::ForgetDeadlinesAfterRestart,
        Self::ForgetLeasesAfterRestart,
        Self::ForgetOpenNoticesAfterRestart,
        Self::DropResolve,
        Self::ClearBeforeDelivery,
        Self::NeverRetry,
        Self::RecordUnchanged,
        Self::IgnoreClockJump,
        Self::IgnoreSilences,
        Self::NeverRepeat,
        Self::KeepOldRoutes,
    ];
}

#[cfg(feature = "planted-bugs")]
mod plant {
    use super::Bug;
    use std::cell::Cell;

    thread_local! {
        static PLANTED: Cell<Option<Bug>> = const { Cell::new(None) };
    }

    /// Plants a bug in this thread, or takes it out.
    pub fn plant(bug: Option<Bug>) {
        PLANTED.set(bug);
    }

    /// Whether that bug is planted.
    #[must_use]
    pub fn planted(bug: Bug) -> bool {
        PLANTED.get() == Some(bug)
    }
}

#[cfg(feature = "planted-bugs")]
pub use plant::{plant, planted};

/// Whether that bug is planted: never, in the product.
#[cfg(not(feature = "planted-bugs"))]
#[must_use]
pub const fn planted(_: Bug) -> bool {
    false
}

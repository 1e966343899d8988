//! Bugs on purpose, to see that the tests find them. In the product none is ever there.

/// A bug that can be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// Escalation leaves a level out.
    SkipALevel,
    /// An acknowledgement never runs out.
    AcknowledgeForEver,
    /// A page that nobody could be reached by is not said to have failed.
    LosePageFailure,
    /// A silenced incident is paged on.
    PageThoughPaused,
    /// After a start every level that was due meanwhile is taken at once.
    CatchUpAfterRestart,
    /// What is resolved goes on paging.
    PageThoughResolved,
    /// Whoever was on call eight hours ago is paged.
    PageTheWrongTurn,
    /// Nobody stands in for anybody.
    IgnoreOverrides,
    /// People are tried in their quiet hours.
    IgnoreQuietHours,
    /// A message that failed is not tried again.
    ForgetRetries,
    /// Messages without an outcome are not sent again after a start.
    ForgetMessagesAfterRestart,
    /// Pages go on after somebody acknowledged.
    PageThoughAcknowledged,
    /// The same, acknowledged, is opened again beside itself.
    OpenTwice,
    /// A silence that is set or ended changes nothing of what is open.
    MissSilences,
    /// Nobody hears that it is over.
    SkipRecovery,
    /// Updates go without approval.
    SendUnapproved,
}

impl Bug {
    /// Every bug that can be planted.
    pub const ALL: &[Self] = &[
        Self::SkipALevel,
        Self::AcknowledgeForEver,
        Self::LosePageFailure,
        Self::PageThoughPaused,
        Self::CatchUpAfterRestart,
        Self::PageThoughResolved,
        Self::PageTheWrongTurn,
        Self::IgnoreOverrides,
        Self::IgnoreQuietHours,
        Self::ForgetRetries,
        Self::ForgetMessagesAfterRestart,
        Self::PageThoughAcknowledged,
        Self::OpenTwice,
        Self::MissSilences,
        Self::SkipRecovery,
        Self::SendUnapproved,
    ];
}

#[cfg(feature = "planted-bugs")]
mod switch {
    use std::cell::Cell;

    use super::Bug;

    thread_local! {
        static PLANTED: Cell<Option<Bug>> = const { Cell::new(None) };
    }

    /// Plants a bug on this thread; `None` takes it out.
    pub fn plant(bug: Option<Bug>) {
        PLANTED.with(|planted| planted.set(bug));
    }

    pub(super) fn is(bug: Bug) -> bool {
        PLANTED.with(|planted| planted.get() == Some(bug))
    }
}

#[cfg(feature = "planted-bugs")]
pub use switch::plant;

/// Whether that bug is planted on this thread.
#[cfg(feature = "planted-bugs")]
pub(crate) fn planted(bug: Bug) -> bool {
    switch::is(bug)
}

/// Whether that bug is planted on this thread: never, in the product.
#[cfg(not(feature = "planted-bugs"))]
pub(crate) const fn planted(_: Bug) -> bool {
    false
}

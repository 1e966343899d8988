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
    /// What happens to an incident has an input, an alert or a deadline that explains it.
    IncidentHasCause,
    /// The same response plan and group never have two incidents that are not closed.
    OneIncidentPerKey,
    /// Alerts that fire, may be told of, and lead to a response plan, are in an incident that is not closed.
    AlertIsInIncident,
    /// What is muted opens and joins nothing, and what may be told of is in it whole.
    MutedOpensNothing,
    /// An incident is as bad as its workload and what stands on that make it.
    SeverityIsComputed,
    /// Somebody was paged for an open incident, and a next step is due.
    SomebodyIsPaged,
    /// Steps are taken in their order: none is left out, none comes early.
    StepsInOrder,
    /// A step is taken at its time.
    StepInTime,
    /// After a start there is one step at most for each incident, and nothing goes out after its time.
    OneStepAtAStart,
    /// A page goes to those whom the step leads to at that instant, and to nobody else.
    RightPeoplePaged,
    /// Each contact is tried by the person's rules, at its time.
    ContactsByRule,
    /// A page whose contacts all failed is said to have failed.
    PageFailureIsKnown,
    /// A page ends once, by its not-after.
    PageHasOneOutcome,
    /// A message to an address has one outcome, with a reason where it failed.
    MessageHasOneOutcome,
    /// An open message is under way, or is tried again.
    MessageIsTried,
    /// An acknowledgement runs out, and leads to a question and to the next step.
    AcknowledgementRunsOut,
    /// What is silenced, acknowledged or over pages nobody.
    SilencedPagesNobody,
    /// An incident is paused while everything bad about it is muted, and no longer.
    PausedIsMuted,
    /// First, how it goes, and that it is over: each is told where it is owed, and only there.
    UpdatesInOrder,
    /// What has to be approved goes when it was, by somebody who may.
    UpdatesAreApproved,
    /// What a record leads to at once is in the same commit.
    ReactionFollows,
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

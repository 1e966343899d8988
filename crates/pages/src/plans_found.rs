//! Plans that a page asks for, and what was found.

use evenkeel_ids::Seq;
use evenkeel_plan_diff::Difference;
use evenkeel_time::Timestamp;

/// Which plans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlansAsked {
    /// Only this one, by its hash, with its difference to the one before.
    pub hash: Option<String>,
    /// Only before this record.
    pub before: Option<Seq>,
    /// So many at most.
    pub limit: usize,
}

/// What became of a change of the ops repo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanOutcome {
    /// It is a plan, and was the current one from then on.
    Adopted {
        /// Its hash.
        plan: String,
        /// That of the one before; `None` for the first.
        before: Option<String>,
        /// How many findings it had.
        findings: u64,
        /// What it left behind.
        orphans: Vec<String>,
    },
    /// It could not be resolved: what was wrong.
    Refused(Vec<String>),
    /// The body of the record was erased.
    Erased,
}

/// Where a plan's text was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCommitted {
    /// The commit's hash.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// The first line of its message.
    pub summary: String,
}

/// One change of the ops repo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFound {
    /// The record that says so.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: PlanOutcome,
    /// Where its text was committed; `None` of a plain folder.
    pub commit: Option<PlanCommitted>,
}

/// How a file differs from what it was in the plan before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path in the ops repo.
    pub path: String,
    /// Its lines as they were, without secrets; `None` where it was not there.
    pub before: Option<String>,
    /// As they are; `None` where it is gone.
    pub after: Option<String>,
}

/// How a plan differs from the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanChange {
    /// What it does to operation; or why that cannot be said.
    pub difference: Result<Difference, String>,
    /// The files that differ, by path.
    pub files: Vec<FileChange>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlansFound {
    /// The newest first.
    pub plans: Vec<PlanFound>,
    /// Whether there are older ones.
    pub more: bool,
    /// Of the newest of them, where one was asked for by its hash and there was one before it that is kept.
    pub change: Option<PlanChange>,
}

//! The engine on its journal: durable first.
//!
//! A step handles its inputs, commits everything they led to at once, and only then gives answers and
//! effects out. When a commit fails nothing was promised to anyone: the state is dropped and folded again
//! from what is durable.

use std::fmt;
use std::sync::Arc;

use evenkeel_alerting::{Bug, planted};
use evenkeel_model::Plan;
use evenkeel_record::Record;
use evenkeel_record::chain::{Head, Salt, Sealed};
use evenkeel_time::Timestamp;

use crate::{Answer, Batch, Effect, Engine, Journal, Limits, Snapshot, State, Submission};

/// Gives the salts of bodies: chance from outside.
pub type Salts = Box<dyn FnMut() -> Salt + Send>;

/// What a step gives out, now that it is durable.
#[derive(Debug, Default)]
pub struct Released {
    /// One per input, in order.
    pub answers: Vec<Answer>,
    /// To be done.
    pub effects: Vec<Effect>,
    /// What was recorded.
    pub records: Vec<Record>,
}

/// A commit failed; nothing of the step happened.
#[derive(Debug)]
pub struct CommitFailed<E> {
    /// Why.
    pub cause: E,
    /// Why the state could not be folded again either, if so; the next step tries that first.
    pub refold: Option<E>,
}

impl<E: fmt::Display> fmt::Display for CommitFailed<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "commit failed: {}", self.cause)
    }
}

impl<E: std::error::Error + 'static> std::error::Error for CommitFailed<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.source()
    }
}

/// The engine on its journal.
pub struct Driver<J: Journal> {
    engine: Engine,
    journal: J,
    head: Head,
    /// The plan as of the last commit: one whose adoption failed does not count.
    plan: Arc<Plan>,
    salts: Salts,
    limits: Limits,
    /// The state is behind the journal: a fold after a failed commit failed too.
    stale: bool,
    /// The state was folded again, so which open notices waited to be tried again is forgotten: they are
    /// sent again with the next step. Whoever sends knows those that are still under way.
    resend: bool,
}

impl<J: Journal + fmt::Debug> fmt::Debug for Driver<J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Driver").field("head", &self.head).field("journal", &self.journal).finish_non_exhaustive()
    }
}

impl<J: Journal> Driver<J> {
    /// Folds the journal and takes up the state under a plan; [`Driver::start`] comes next.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn open(
        mut journal: J,
        plan: impl FnOnce(&State) -> Arc<Plan>,
        now: Timestamp,
        limits: Limits,
        salts: Salts,
    ) -> Result<Self, J::Error> {
        let (state, head) = fold(&mut journal)?;
        let plan = plan(&state);
        let engine = Engine::new(state, plan.clone(), now, limits);
        Ok(Self { engine, journal, head, plan, salts, limits, stale: false, resend: false })
    }

    /// Puts the start on record, adopts the plan if it is another one, and sends again what has no outcome.
    ///
    /// # Errors
    /// [`CommitFailed`] when that cannot be made durable.
    pub fn start(&mut self, now: Timestamp, version: &str, findings: u32) -> Result<Released, CommitFailed<J::Error>> {
        let mut batch = Batch::default();
        self.engine.start(now, version, findings, &mut batch);
        self.commit(now, Vec::new(), batch)
    }

    /// Handles inputs, makes what they led to durable, and gives out answers and effects.
    ///
    /// # Errors
    /// [`CommitFailed`]: then none of it happened.
    pub fn step(
        &mut self,
        now: Timestamp,
        inputs: impl IntoIterator<Item = Submission>,
    ) -> Result<Released, CommitFailed<J::Error>> {
        if self.stale {
            self.refold(now).map_err(|cause| CommitFailed { cause, refold: None })?;
        }
        let mut batch = Batch::default();
        let answers = inputs
            .into_iter()
            .map(|submission| self.engine.handle(now, &submission.actor, submission.input, &mut batch))
            .collect();
        if std::mem::take(&mut self.resend) {
            self.engine.resend_open(now, &mut batch);
        }
        self.commit(now, answers, batch)
    }

    fn commit(
        &mut self,
        now: Timestamp,
        answers: Vec<Answer>,
        batch: Batch,
    ) -> Result<Released, CommitFailed<J::Error>> {
        let Batch { records, effects } = batch;
        if !records.is_empty() {
            let mut head = self.head;
            let sealed: Vec<Sealed> = records.iter().map(|record| head.seal(record, (self.salts)())).collect();
            if let Err(cause) = self.journal.commit(&sealed) {
                if planted(Bug::AcknowledgeBeforeCommit) {
                    return Ok(Released { answers, effects, records });
                }
                let keep = planted(Bug::KeepStateAfterFailedCommit);
                let refold = if keep { None } else { self.refold(now).err() };
                // The error may have come after the commit took place: what is durable is what counts.
                if refold.is_some() || keep || self.head != head {
                    return Err(CommitFailed { cause, refold });
                }
            }
            self.head = head;
        }
        self.plan = self.engine.plan().clone();
        Ok(Released { answers, effects, records })
    }

    /// Drops the state and folds what is durable.
    fn refold(&mut self, now: Timestamp) -> Result<(), J::Error> {
        self.stale = true;
        let (state, head) = fold(&mut self.journal)?;
        let adopted = self.engine.plan().hash == state.plan;
        let plan = if adopted { self.engine.plan() } else { &self.plan }.clone();
        self.engine = Engine::new(state, plan, now, self.limits);
        self.head = head;
        self.stale = false;
        self.resend = true;
        Ok(())
    }

    /// The engine, to be looked at.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The journal, for what is not a step: checkpoints, snapshots, plans.
    pub fn journal(&mut self) -> &mut J {
        &mut self.journal
    }

    /// The last durable record.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// When the next step is due: at once while open notices wait to be sent again after a fold.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        if self.resend { Some(self.engine.state().at) } else { self.engine.next_deadline() }
    }

    /// Gives the journal back, as after a crash: everything else is lost.
    #[must_use]
    pub fn into_journal(self) -> J {
        self.journal
    }
}

/// The newest usable snapshot and every record behind it.
fn fold<J: Journal>(journal: &mut J) -> Result<(State, Head), J::Error> {
    let Snapshot { head: from, mut state } =
        journal.snapshot().unwrap_or_else(|| Snapshot { head: Head::default(), state: State::default() });
    state.reindex();
    journal.replay(from, &mut |stored| state.fold(&stored))?;
    state.alerting.drop_empty_groups();
    Ok((state, journal.head()?))
}

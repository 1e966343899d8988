//! The engine's thread: take what is there, step, give out. It owns clock and journal.
//!
//! While nothing can be made durable ([`Outage`]) callers from outside are refused, what the program itself
//! has to say is kept, open notices still go, and a step is tried again every second.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use evenkeel_api::Unavailable;
use evenkeel_engine::{Answer, Effect, Input, Released, Submission, SubscriptionInput};
use evenkeel_ids::PlanHash;
use evenkeel_notify::{Content, Delivery};
use evenkeel_ops_source::Loaded;
use evenkeel_record::{Actor, Body, Origin, Record};
use evenkeel_time::Timestamp;

use super::clock::Clock;
use super::desk::Shared;
use super::inbox::{Item, Reply};
use super::outage::{self, LastResort, Outage};
use super::plan_store;
use super::port::{PortError, write_snapshot};
use super::status::Status;

/// The thread looks up at least this often, so that a clock jump is seen soon.
const LOOK_UP_EVERY: Duration = Duration::from_secs(1);
/// A snapshot behind so many records keeps a start short: a million records fold in about a second.
const SNAPSHOT_EVERY: u64 = 200_000;
/// Signed checkpoints.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(3600);
/// A caller that was refused because nothing is durable comes again after this.
const RETRY_AFTER_S: u64 = 5;

pub(crate) struct EngineLoop {
    shared: Arc<Shared>,
    data: PathBuf,
    clock: Clock,
    outage: Option<Outage>,
    last_resort: LastResort,
    /// Own inputs of a step that failed.
    carried: Vec<Submission>,
    /// A plan that could not be stored yet.
    waiting_plan: Option<Box<Loaded>>,
    snapshot_at: u64,
    checkpoint_at: Instant,
}

/// One step's inputs, with those who wait for answers.
#[derive(Default)]
struct Step {
    submissions: Vec<Submission>,
    replies: Vec<(usize, Reply)>,
    pulses: Vec<Reply>,
}

impl EngineLoop {
    pub(crate) fn new(shared: Arc<Shared>, data: PathBuf, clock: Clock, last_resort: LastResort) -> Self {
        let snapshot_at = shared.driver().head().seq.0 + SNAPSHOT_EVERY;
        Self {
            shared,
            data,
            clock,
            outage: None,
            last_resort,
            carried: Vec::new(),
            waiting_plan: None,
            snapshot_at,
            checkpoint_at: Instant::now() + CHECKPOINT_EVERY,
        }
    }

    /// Runs until the inbox is closed and empty, then lays the work down in order.
    pub(crate) fn run(mut self) {
        while let Some(items) = self.shared.inbox.take(self.wait()) {
            let now = self.tick();
            let step = self.collect(items, now);
            self.step(step, now);
            self.keep_house(now);
        }
        self.finish();
    }

    /// Until the next deadline, or the next try while nothing can be made durable.
    fn wait(&self) -> Duration {
        if let Some(outage) = &self.outage {
            return outage.next_try.saturating_duration_since(Instant::now());
        }
        let due = self.shared.driver().next_deadline();
        due.map_or(LOOK_UP_EVERY, |at| (at - super::clock::wall_now()).to_std()).min(LOOK_UP_EVERY)
    }

    fn tick(&mut self) -> Timestamp {
        let reading = self.clock.read();
        if let Some(by) = reading.jumped {
            tracing::warn!(by_ms = by.0, "the wall clock jumped; what is armed moves along");
            self.carried.push(Submission { actor: Actor::system(), input: Input::ClockJumped { by } });
        }
        reading.now
    }

    fn collect(&mut self, items: Vec<Item>, now: Timestamp) -> Step {
        let mut step = Step { submissions: std::mem::take(&mut self.carried), ..Step::default() };
        for item in items {
            match item {
                Item::Asked(submission, reply) => {
                    step.replies.push((step.submissions.len(), reply));
                    step.submissions.push(submission);
                }
                Item::Own(submission) => step.submissions.push(submission),
                Item::Pulse(reply) => step.pulses.push(reply),
                Item::Adopt(loaded) => self.waiting_plan = Some(loaded),
            }
        }
        if self.outage.as_ref().is_none_or(|outage| Instant::now() >= outage.next_try) {
            step.submissions.extend(self.store_plan());
        }
        let due = self.shared.driver().next_deadline().is_some_and(|at| at <= now);
        if due && step.submissions.is_empty() {
            step.submissions.push(Submission { actor: Actor::system(), input: Input::Deadline });
        }
        step
    }

    /// A plan is stored before it is adopted; one that cannot be stored waits for the next step.
    fn store_plan(&mut self) -> Option<Submission> {
        let loaded = self.waiting_plan.take()?;
        let plan = loaded.plan.clone()?;
        let stored = plan_store::put(&mut self.shared.driver().journal().0, &self.data, plan.hash, &loaded);
        if let Err(error) = stored {
            tracing::error!(%error, help = error.help(), "the changed plan cannot be stored yet and is not adopted");
            self.waiting_plan = Some(loaded);
            return None;
        }
        let findings = loaded.diagnostics.iter().filter(|diagnostic| !diagnostic.blocks()).count();
        self.shared.status.set_config(super::reload::config_text(&loaded));
        if self.shared.status.plan_refused().is_some() {
            tracing::info!(plan = plan.hash.short(), "the ops repo resolves again");
        }
        self.shared.status.set_plan_refused(None);
        let findings = u32::try_from(findings).unwrap_or(u32::MAX);
        let input = Input::AdoptPlan { plan: Arc::new(plan), findings };
        Some(Submission { actor: Actor("ops-repo".into()), input })
    }

    fn step(&mut self, mut step: Step, now: Timestamp) {
        // While nothing is durable, every try shows whether it is again, also when there is nothing to say.
        let pulse = !step.pulses.is_empty() || self.outage.is_some();
        if let Some(outage) = &self.outage
            && Instant::now() < outage.next_try
        {
            let reason = outage.reason.clone();
            return self.refuse(step, &reason);
        }
        if step.submissions.is_empty() && !pulse {
            return;
        }
        let keep: Vec<Submission> =
            step.submissions.iter().filter(|submission| must_be_kept(&submission.input)).cloned().collect();
        let submissions = std::mem::take(&mut step.submissions);
        let began = Instant::now();
        let stepped = {
            let mut driver = self.shared.driver();
            let stepped = driver.step(now, submissions);
            // A pulse without a record still has to show that a commit works.
            match stepped {
                Ok(released) if pulse && released.records.is_empty() => {
                    driver.journal().0.pulse(now).map(|()| released).map_err(PortError::from)
                }
                other => other.map_err(|failed| failed.cause),
            }
        };
        match stepped {
            Ok(released) => self.release(step, released, began, now),
            Err(cause) => self.failed(step, keep, &cause, now),
        }
    }

    fn release(&mut self, step: Step, released: Released, began: Instant, now: Timestamp) {
        let status = &self.shared.status;
        if !released.records.is_empty() {
            Status::add(&status.commits, 1);
            Status::add(&status.records, released.records.len() as u64);
            Status::add(&status.commit_us, u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX));
        }
        for record in &released.records {
            super::log::record(record);
        }
        if let Some(last) = released.records.last() {
            self.shared.changes.send_replace(last.seq);
        }
        if let Some(plan) = released.records.iter().rev().find_map(adopted) {
            plan_store::forget_others(&self.data, plan);
        }
        if let Some(outage) = self.outage.take_if(|outage| outage.over(&self.data)) {
            tracing::info!(lasted_ms = (now - outage.since).0, "records are durable again; work goes on");
            status.set_outage(None);
        }
        deliver(&self.shared, released.effects, now);
        let mut answers: Vec<Option<Answer>> = released.answers.into_iter().map(Some).collect();
        for (index, reply) in step.replies {
            let answer = answers.get_mut(index).and_then(Option::take).unwrap_or(Answer::Done);
            drop(reply.send(Ok(answer)));
        }
        for pulse in step.pulses {
            drop(pulse.send(Ok(Answer::Done)));
        }
    }

    /// Nothing of the step happened. The reserve is given up first; if that does not help, the last resort is told.
    fn failed(&mut self, step: Step, keep: Vec<Submission>, cause: &PortError, now: Timestamp) {
        let shared = self.shared.clone();
        let status = &shared.status;
        Status::add(&status.commits_failed, 1);
        self.carried = keep;
        let reason = super::log::chain(cause);
        self.refuse(step, &reason);
        outage::keep_last_outcomes(&mut self.carried);
        outage::send_open(&self.shared, &self.carried, now);
        if cause.disk_full() && !status.reserve_released.swap(true, Ordering::Relaxed) {
            let freed = self.shared.driver().journal().0.release_reserve();
            tracing::error!(
                reason,
                help = cause.help(),
                freed = freed.is_ok(),
                "the disk is full; the reserve is given up"
            );
            return;
        }
        let outage = self.outage.get_or_insert_with(|| {
            tracing::error!(reason, help = cause.help(), "nothing can be made durable; inputs are refused");
            Outage::new(now, reason.clone(), cause.disk_full())
        });
        outage.next_try = Instant::now() + Outage::TRY_EVERY;
        status.set_outage(Some((outage.since, reason.clone())));
        if !std::mem::replace(&mut outage.told, true) {
            let plan = self.shared.driver().engine().plan().clone();
            self.last_resort.tell(&self.shared, &plan, &reason, now);
        }
    }

    fn refuse(&mut self, step: Step, reason: &str) {
        let refused = || Unavailable::NotDurable { reason: reason.to_owned(), retry_after_s: RETRY_AFTER_S };
        for (_, reply) in step.replies {
            drop(reply.send(Err(refused())));
        }
        for pulse in step.pulses {
            drop(pulse.send(Err(refused())));
        }
        self.carried.extend(step.submissions.into_iter().filter(|submission| must_be_kept(&submission.input)));
    }

    fn keep_house(&mut self, now: Timestamp) {
        if self.outage.is_some() {
            return;
        }
        if self.shared.driver().head().seq.0 >= self.snapshot_at {
            self.snapshot();
        }
        if Instant::now() >= self.checkpoint_at {
            self.checkpoint(now);
            self.checkpoint_at = Instant::now() + CHECKPOINT_EVERY;
        }
    }

    fn snapshot(&mut self) {
        let mut driver = self.shared.driver();
        let head = driver.head();
        let state = driver.engine().state().clone();
        if let Err(error) = write_snapshot(&driver.journal().0, head, &state) {
            tracing::warn!(
                error = super::log::chain(&error),
                "no snapshot was written; the next start folds more records"
            );
        }
        self.snapshot_at = head.seq.0 + SNAPSHOT_EVERY;
    }

    /// Also the moment to take the reserve back, if there is room again.
    fn checkpoint(&self, now: Timestamp) {
        let mut driver = self.shared.driver();
        if let Err(error) = driver.journal().0.checkpoint(now) {
            tracing::warn!(error = super::log::chain(&error), "no checkpoint was signed");
        }
        let released = &self.shared.status.reserve_released;
        if released.load(Ordering::Relaxed)
            && driver.journal().0.restore_reserve(evenkeel_journal::RESERVE_BYTES).is_ok()
        {
            released.store(false, Ordering::Relaxed);
        }
    }

    fn finish(mut self) {
        let now = self.tick();
        let stop = Submission { actor: Actor::system(), input: Input::Stop { reason: "asked to stop".into() } };
        let inputs: Vec<Submission> = std::mem::take(&mut self.carried).into_iter().chain([stop]).collect();
        let stepped = self.shared.driver().step(now, inputs);
        if let Err(failed) = stepped {
            tracing::error!(error = super::log::chain(&failed.cause), "the stop is not on record");
            return;
        }
        tracing::info!(head = %self.shared.driver().head().seq, "stopped");
        self.checkpoint(now);
        self.snapshot();
    }
}

/// What only the program itself says, and says once. Callers from outside are told to come again, and so do the
/// alerts of our own probes and rules.
fn must_be_kept(input: &Input) -> bool {
    match input {
        Input::NoticeOutcome { .. }
        | Input::MessageOutcome { .. }
        | Input::AdoptPlan { .. }
        | Input::RefusePlan { .. }
        | Input::ClockJumped { .. }
        | Input::LastResortTold { .. }
        | Input::NoteFindings(_)
        | Input::Subscription(SubscriptionInput::Told(_))
        | Input::Report { origin: Origin::Observed, .. }
        | Input::Stop { .. } => true,
        Input::Alerts(_)
        | Input::RuleAlerts { .. }
        | Input::SetSilence(_)
        | Input::ExpireSilence(_)
        | Input::Command { .. }
        | Input::SetOverride(_)
        | Input::RemoveOverride(_)
        | Input::CreateToken { .. }
        | Input::RevokeToken { .. }
        | Input::Report { origin: Origin::Reported | Origin::Imported, .. }
        | Input::Attest(_)
        | Input::WithdrawAttestation { .. }
        | Input::OpenImprovement(_)
        | Input::DropImprovement { .. }
        | Input::JudgeImprovements(_)
        | Input::SetMilestone(_)
        | Input::Subscription(SubscriptionInput::Ask(_) | SubscriptionInput::Confirm(_) | SubscriptionInput::End(..))
        | Input::Deadline => false,
    }
}

/// The plan whose adoption a record is.
fn adopted(record: &Record) -> Option<PlanHash> {
    if let Body::PlanAdopted(adopted) = &record.body { Some(adopted.plan) } else { None }
}

/// Hands effects to the pool, which knows those it has already.
pub(crate) fn deliver(shared: &Shared, effects: Vec<Effect>, now: Timestamp) {
    for effect in effects {
        let (integration, not_after, content) = match effect {
            Effect::Notify { message, integration } => (integration, message.not_after, Content::Notice(message)),
            Effect::Page { message, integration } => {
                let link = shared.links.of(&message);
                (integration, message.not_after, Content::page(message, link))
            }
            Effect::Update { message, integration } => (integration, message.not_after, Content::Update(message)),
        };
        let deadline = (not_after - now).to_std();
        let _ = shared.pool.submit(Delivery { integration, content, deadline });
    }
}

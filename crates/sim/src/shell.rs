//! The modelled shell: steps the driver, gives answers and effects out, stops and starts the machine.
//!
//! It does what the product's shell has to do: it keeps what a failed step did not take, begins no second
//! attempt of a notice that is under way, and tells the engine when the clock was set.

use std::collections::BTreeSet;

use evenkeel_engine::{Answer, Driver, Effect, Input, Limits, Message, Outcome, Refusal, Released, Submission};
use evenkeel_ids::{NoticeId, PlanHash};
use evenkeel_record::{Actor, Body, Record};
use evenkeel_time::Duration;

use crate::clock::{HOUR, MINUTE, Mono, SECOND};
use crate::disk::{Found, Health, SimJournal};
use crate::facts::Facts;
use crate::reference;
use crate::schedule::Event;
use crate::violation::{Violation, hold};
use crate::world::{World, count};

impl World {
    /// When the shell wakes up by itself: a little after the engine's deadline.
    pub(crate) fn wake_at(&self) -> Option<Mono> {
        let due = self.clock.mono_of(self.driver.as_ref()?.next_deadline()?);
        let late = 1 + due.rem_euclid(13);
        Some(due.saturating_add(late).max(self.retry_at.unwrap_or(0)).max(self.clock.mono))
    }

    /// Hands the engine what has gathered, or that something is due.
    pub(crate) fn step(&mut self) -> Result<(), Violation> {
        let Some(driver) = self.driver.as_mut() else {
            self.inbox.clear();
            return Ok(());
        };
        let mut submissions = std::mem::take(&mut self.inbox);
        let system = |input| Submission { actor: Actor::system(), input };
        if let Some(by) = self.clock.untold_jump() {
            submissions.insert(0, system(Input::ClockJumped { by }));
        }
        if submissions.is_empty() {
            submissions.push(system(Input::Deadline));
        }
        let inputs = submissions.iter().map(|submission| submission.input.clone()).collect();
        let facts = Facts::new(&self.clock, inputs, false);
        let result = driver.step(facts.now, submissions);
        let records = self.audit(&facts)?;
        match result {
            Ok(released) => self.released(released, &records, &facts),
            Err(_) => self.step_failed(facts, &records),
        }
    }

    /// Takes what is newly durable into the ledger, one record after the other.
    fn audit(&mut self, facts: &Facts) -> Result<Vec<Record>, Violation> {
        let disk = self.disk.clone();
        let disk = disk.borrow();
        hold!(disk.fault.is_none(), ChainVerifies, "{:?}", disk.fault);
        let records = disk.records.get(self.audited..).unwrap_or_default().to_vec();
        self.audited += records.len();
        for record in &records {
            self.trace.push(facts.now, record.body.kind().name, record.seq.0.cast_signed());
            self.ledger.take(record, facts)?;
            self.fold.apply(record);
            self.excuse(record, facts);
        }
        if records.iter().any(|record| matches!(record.body, Body::PlanAdopted(_))) {
            for (id, _) in self.ledger.all_firing() {
                self.ledger.routed_by_plan(id)?;
            }
        }
        Ok(records)
    }

    /// What a record excuses: debts of alerts that it mutes, frees, or moves.
    fn excuse(&mut self, record: &Record, facts: &Facts) {
        let (ledger, owed) = (&self.ledger, &mut self.owed);
        let labels = |id| ledger.alerts.get(&id).map(|known| &known.labels);
        match &record.body {
            Body::Started(_) | Body::ClockJumped(_) | Body::PlanAdopted(_) => owed.disturbed(facts.mono, facts.now),
            Body::SilenceSet(body) => {
                owed.excuse(|id| labels(id).is_none_or(|labels| reference::all_match(&body.matchers, labels)));
            }
            Body::SilenceExpired(body) => {
                let known = ledger.silences.get(&body.silence);
                owed.excuse(|id| {
                    let matched =
                        known.zip(labels(id)).map(|(known, labels)| reference::all_match(&known.matchers, labels));
                    matched.unwrap_or(true)
                });
            }
            Body::AlertFired(body) => {
                let changed = ledger.by_labels.get(&body.labels).copied();
                excuse_inhibited(ledger, owed, &body.labels, changed);
            }
            Body::AlertResolved(body) => {
                if let Some(source) = labels(body.alert) {
                    excuse_inhibited(ledger, owed, source, Some(body.alert));
                }
            }
            Body::Stopped(_)
            | Body::PlanRefused(_)
            | Body::AlertChanged(_)
            | Body::AlertRegrouped(_)
            | Body::GroupOpened(_)
            | Body::GroupRebound(_)
            | Body::GroupCleared(_)
            | Body::NoticeIntended(_)
            | Body::NoticeFailing(_)
            | Body::NoticeDelivered(_)
            | Body::NoticeFailed(_)
            | Body::LastResortTold(_)
            | Body::BodyErased(_) => {}
        }
    }

    fn released(&mut self, released: Released, records: &[Record], facts: &Facts) -> Result<(), Violation> {
        let given = released.records.len();
        hold!(released.records == records, AcknowledgedIsDurable, "{given} given out, {} durable", records.len());
        let was_failing = self.retry_at.take().is_some();
        self.clock.known_offset = self.clock.offset;
        hold!(released.answers.len() == facts.inputs.len(), AnswerIsRight, "an answer to each input");
        self.heard(facts);
        for (input, answer) in facts.inputs.iter().zip(&released.answers) {
            self.answered(input, answer, facts)?;
        }
        for effect in released.effects {
            let Effect::Notify { message, integration } = effect;
            hold!(integration.name == message.integration, AcknowledgedIsDurable, "{} by another way", message.notice);
            self.notify(&message)?;
        }
        if facts.start || was_failing {
            let idle = self.ledger.open.keys().find(|id| !self.sites.under_way.contains_key(id));
            hold!(idle.is_none(), NoticeIsTried, "{idle:?} is open and was not sent again");
        }
        self.compare()
    }

    /// Leases follow what was acknowledged.
    fn heard(&mut self, facts: &Facts) {
        let timeout = self.ledger.plan.as_ref().map_or(Duration::ZERO, |plan| plan.resolve_timeout);
        for alert in facts.alerts().filter(|alert| !facts.over(alert)) {
            let held_for = alert.ends_at.map_or(timeout, |end| end - facts.now);
            self.ledger.heard(&alert.labels, facts.mono, held_for.0, alert.ends_at.is_some());
        }
    }

    /// What was answered is durable, and is what had to be answered.
    fn answered(&mut self, input: &Input, answer: &Answer, facts: &Facts) -> Result<(), Violation> {
        match (input, answer) {
            (Input::Alerts(alerts), Answer::Done) => {
                for alert in alerts.iter().filter(|alert| facts.about(&alert.labels).count() == 1) {
                    let known = self.ledger.firing(&alert.labels);
                    let earlier = |starts| alert.starts_at.is_some_and(|start| start < starts);
                    let good = match known {
                        None => facts.over(alert),
                        Some(known) if facts.over(alert) => {
                            earlier(known.starts_at) && alert.ends_at.is_some_and(|end| end <= known.starts_at)
                        }
                        Some(known) => known.annotations == alert.annotations,
                    };
                    hold!(good, AcknowledgedIsDurable, "{alert:?} was taken, known is {known:?}");
                }
            }
            (Input::SetSilence(incoming), Answer::Silence(id)) => {
                let known = self.ledger.silences.get(id);
                let durable =
                    known.is_some_and(|known| known.matchers == incoming.matchers && known.ends == incoming.ends_at);
                hold!(durable, AcknowledgedIsDurable, "{id} was set, known is {known:?}");
                self.silences.retain(|(known, _)| known != id);
                self.silences.push((*id, incoming.clone()));
                if self.silences.len() > 6 {
                    self.silences.remove(0);
                }
            }
            (Input::SetSilence(incoming), Answer::Refused(Refusal::Silence(_))) => {
                let empty = incoming.matchers.0.iter().all(|matcher| matcher.matches_value(""));
                let wrong = incoming.ends_at <= facts.now || incoming.ends_at <= incoming.starts_at || empty;
                let gone = incoming.id.is_some_and(|id| !self.silence_lives(id, facts));
                hold!(wrong || gone, AnswerIsRight, "{incoming:?} was refused");
            }
            (Input::ExpireSilence(id), Answer::Done) => {
                hold!(!self.silence_lives(*id, facts), AcknowledgedIsDurable, "{id} was ended and holds");
            }
            (Input::ExpireSilence(id), Answer::Refused(_)) => {
                hold!(!self.silence_lives(*id, facts), AnswerIsRight, "{id} holds and cannot be ended");
            }
            (Input::AdoptPlan { plan, .. }, Answer::Done) => {
                let offered =
                    |input: &Input| if let Input::AdoptPlan { plan, .. } = input { Some(plan.hash) } else { None };
                let last = facts.inputs.iter().rev().find_map(offered);
                let good = self.ledger.plan_hash() == plan.hash || last != Some(plan.hash);
                hold!(good, AcknowledgedIsDurable, "{} was adopted and is not", plan.hash.short());
            }
            (Input::RefusePlan { .. } | Input::ClockJumped { .. } | Input::Deadline, Answer::Done) => {}
            (Input::NoticeOutcome { notice, .. }, Answer::Done) => {
                self.sites.under_way.remove(notice);
                self.ledger.attempt_ended(*notice, facts.mono);
            }
            _ => hold!(false, AnswerIsRight, "{input:?} was answered {answer:?}"),
        }
        Ok(())
    }

    fn silence_lives(&self, id: evenkeel_ids::SilenceId, facts: &Facts) -> bool {
        self.ledger.silences.get(&id).is_some_and(|quiet| quiet.lives(facts.now))
    }

    /// Begins an attempt, unless one is under way or its outcome waits to be taken.
    fn notify(&mut self, message: &Message) -> Result<(), Violation> {
        let id = message.notice;
        let open = self.ledger.open.get(&id);
        let Some(open) = open else {
            hold!(self.ledger.counts.notices > 0, AcknowledgedIsDurable, "{id} goes out and is not durable");
            return self.closed_meanwhile(message);
        };
        let site = (message.receiver.clone(), message.integration.clone());
        hold!(open.site == site, NoticeIsComplete, "{id} goes to {site:?}");
        let now = self.clock.wall();
        hold!(now < message.not_after, NoticeHasOneOutcome, "{id} goes out after its not-after");
        let labels = |ids: &[evenkeel_ids::AlertId]| -> BTreeSet<_> {
            ids.iter().filter_map(|id| self.ledger.alerts.get(id)).map(|known| known.labels.clone()).collect()
        };
        let says = |firing: bool| -> BTreeSet<_> {
            let side = message.alerts.iter().filter(|alert| alert.ends_at.is_none() == firing);
            side.map(|alert| alert.labels.clone()).collect()
        };
        let good = says(true) == labels(&open.firing) && says(false) == labels(&open.resolved);
        hold!(good, NoticeIsComplete, "{id} says {:?}", message.alerts);
        if self.sites.under_way.contains_key(&id) {
            return Ok(());
        }
        let time_left = (message.not_after - now).0;
        let (token, takes) = self.sites.begin(id, site, time_left, &mut self.random);
        self.schedule.at(self.clock.mono + takes, Event::Attempt(id, token));
        Ok(())
    }

    /// An effect whose notice got its outcome in the very same step does no harm, but none may be unknown.
    fn closed_meanwhile(&self, message: &Message) -> Result<(), Violation> {
        let id = message.notice;
        let durable = id.0 <= self.fold.seq;
        hold!(durable, AcknowledgedIsDurable, "{id} goes out and is not durable");
        hold!(self.clock.wall() < message.not_after, NoticeHasOneOutcome, "{id} goes out after its not-after");
        Ok(())
    }

    pub(crate) fn attempt_ends(&mut self, notice: NoticeId, token: u64) -> Result<(), Violation> {
        let Some(attempt) = self.sites.under_way.get(&notice).filter(|attempt| attempt.token == token) else {
            return Ok(());
        };
        let outcome = attempt.outcome.clone();
        let delivered = outcome == Outcome::Delivered;
        self.trace.push(self.clock.wall(), if delivered { "delivered:" } else { "not delivered:" }, seq(notice));
        if self.random.chance(30) {
            let twice = Input::NoticeOutcome { notice, outcome: outcome.clone() };
            self.inbox.push(Submission { actor: Actor::system(), input: twice });
        }
        self.submit("system", Input::NoticeOutcome { notice, outcome })
    }

    /// Nothing was taken: what is the shell's own is kept, the senders will come again.
    fn step_failed(&mut self, facts: Facts, records: &[Record]) -> Result<(), Violation> {
        self.owed.disturbed(facts.mono, facts.now);
        if self.disk.borrow().crashed {
            self.crash();
            return Ok(());
        }
        if records.iter().any(|record| matches!(record.body, Body::ClockJumped(_))) {
            self.clock.known_offset = self.clock.offset;
        }
        let own = |input: &Input| matches!(input, Input::NoticeOutcome { .. } | Input::AdoptPlan { .. });
        let kept = facts.inputs.into_iter().filter(own);
        self.inbox.extend(kept.map(|input| Submission { actor: Actor::system(), input }));
        self.trace.push(facts.now, "a step failed", 0);
        let wait = self.random.between(SECOND, 20 * SECOND);
        self.retry_at = Some(facts.mono + wait);
        self.schedule.at(facts.mono + wait, Event::Tick);
        let timeout = self.driver.as_ref().map_or(Duration::ZERO, |driver| driver.engine().plan().resolve_timeout);
        self.ledger.leases_renewed(facts.mono, timeout);
        if self.disk.borrow().health == Health::Unreadable { Ok(()) } else { self.compare_now() }
    }

    fn compare(&mut self) -> Result<(), Violation> {
        if self.steps.is_multiple_of(self.rates.compare_every) { self.compare_now() } else { Ok(()) }
    }

    fn compare_now(&self) -> Result<(), Violation> {
        let Some(driver) = self.driver.as_ref() else { return Ok(()) };
        hold!(*driver.engine().state() == self.fold, StateIsFold, "the state at {} is another one", self.fold.seq);
        let known = self.ledger.plan_hash();
        let plan = driver.engine().plan().hash;
        hold!(plan == known, PlanIsOffered, "works by {}, adopted is {}", plan.short(), known.short());
        Ok(())
    }

    /// The machine stops: only the disk is left.
    pub(crate) fn crash(&mut self) {
        if self.driver.take().is_none() {
            return;
        }
        self.trace.push(self.clock.wall(), "the machine stops", 0);
        self.sites.under_way.clear();
        self.inbox.clear();
        self.retry_at = None;
        self.down_since = self.clock.mono;
        self.disk.borrow_mut().crash_at = None;
        self.owed.disturbed(self.clock.mono, self.clock.wall());
        let down_for = match self.random.below(10) {
            0..6 => self.random.between(100, 30 * SECOND),
            6..9 => self.random.between(MINUTE, 20 * MINUTE),
            _ => self.random.between(20 * MINUTE, 3 * HOUR),
        };
        if self.random.chance(100) {
            self.clock.offset += self.random.between(-2 * HOUR, 2 * HOUR);
        }
        self.schedule.at(self.clock.mono + down_for, Event::Restart);
    }

    /// The machine runs again: opens the journal, takes up its plan, starts.
    pub(crate) fn boot(&mut self) -> Result<(), Violation> {
        let now = self.clock.wall();
        self.trace.push(now, "the machine starts", 0);
        let off = (self.clock.offset - self.clock.known_offset).abs();
        if off != 0 {
            self.ledger.time_is_off_by(off + self.clock.mono - self.down_since);
        }
        self.clock.known_offset = self.clock.offset;
        let found = *self.random.pick(&[Found::Newest, Found::Newest, Found::Oldest, Found::None]);
        self.disk.borrow_mut().reboot(found);
        let repo = self.repo.and_then(|index| self.plans.get(index)).cloned();
        let (offered, first) = (self.ledger.offered.clone(), self.random.pick(&self.plans).clone());
        let choose = |hash: PlanHash| repo.or_else(|| offered.get(&hash).cloned()).unwrap_or(first);
        let mut salts = self.salts.fork();
        let salt = move || {
            let mut salt = [0; 16];
            salt.iter_mut().for_each(|byte| *byte = salts.draw().to_be_bytes()[0]);
            salt
        };
        let journal = SimJournal(self.disk.clone());
        let opened = Driver::open(journal, |state| choose(state.plan), now, Limits::default(), Box::new(salt));
        let Ok(mut driver) = opened else { return self.boot_later() };
        // Folds after failed commits need not be slow: what is found at a start is what may be wrong.
        self.disk.borrow_mut().found = Found::Newest;
        let plan = driver.engine().plan().clone();
        self.ledger.leases_renewed(self.clock.mono, plan.resolve_timeout);
        let facts = Facts::new(&self.clock, Vec::new(), true);
        let result = driver.start(now, "sim", 0);
        let records = self.audit(&facts)?;
        self.starts += 1;
        let Ok(released) = result else { return self.boot_later() };
        hold!(self.ledger.plan_hash() == plan.hash, PlanIsOffered, "starts with another plan");
        self.driver = Some(driver);
        self.released(released, &records, &facts)?;
        self.compare_now()
    }

    fn boot_later(&mut self) -> Result<(), Violation> {
        let wait = self.random.between(SECOND, 20 * SECOND);
        self.schedule.at(self.clock.mono + wait, Event::Restart);
        Ok(())
    }
}

fn excuse_inhibited(
    ledger: &crate::ledger::Ledger,
    owed: &mut crate::owed::Owed,
    source: &evenkeel_labels::LabelSet,
    changed: Option<evenkeel_ids::AlertId>,
) {
    let Some(plan) = ledger.plan.as_ref() else { return };
    owed.excuse(|id| {
        let known = ledger.alerts.get(&id);
        Some(id) == changed || known.is_none_or(|known| reference::may_inhibit(plan, source, &known.labels))
    });
}

fn seq(notice: NoticeId) -> i64 {
    count(usize::try_from(notice.0.0).unwrap_or(usize::MAX))
}

//! The modelled shell: steps the driver, and gives out what became durable.
//!
//! It does what the product's shell has to do: it keeps what a failed step did not take, begins no second
//! attempt of a notice that is under way, and tells the engine when the clock was set.

use std::collections::BTreeSet;

use evenkeel_engine::{Effect, Input, Message, Outcome, Released, Submission};
use evenkeel_ids::NoticeId;
use evenkeel_record::{Actor, Body, Record, access_bodies, incident_bodies, review_bodies};
use evenkeel_time::Duration;

use crate::clock::{Mono, SECOND};
use crate::disk::Health;
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
        if self.driver.is_none() {
            self.inbox.clear();
            return Ok(());
        }
        let mut submissions = std::mem::take(&mut self.inbox);
        let system = |input| Submission { actor: Actor::system(), input };
        if let Some(by) = self.clock.untold_jump() {
            submissions.insert(0, system(Input::ClockJumped { by }));
        }
        if submissions.is_empty() {
            submissions.push(system(Input::Deadline));
        }
        let inputs = submissions.iter().map(|submission| submission.input.clone()).collect();
        let mut facts = Facts::new(&self.clock, inputs, false);
        let (mono, now) = (facts.mono, facts.now);
        if self.retry_at.is_some() {
            self.disturbed(mono, now);
        }
        facts.foreseen = match facts.inputs.as_slice() {
            [Input::Command { by, command }] => self.ledger.may(by, command, now),
            _ => None,
        };
        let Some(driver) = self.driver.as_mut() else { return Ok(()) };
        let result = driver.step(now, submissions);
        let records = self.audit(&facts)?;
        let (crashed, lied) = {
            let mut disk = self.disk.borrow_mut();
            (disk.crashed, std::mem::take(&mut disk.lied))
        };
        match result {
            Ok(released) if !crashed => self.released(released, &records, &facts)?,
            Ok(_) | Err(_) => self.step_failed(facts, &records)?,
        }
        if lied {
            // The commit was found to have taken place, and the state was folded to find it.
            self.disturbed(mono, now);
            let timeout = self.driver.as_ref().map_or(Duration::ZERO, |driver| driver.engine().plan().resolve_timeout);
            self.ledger.leases_renewed(mono, timeout);
        }
        Ok(())
    }

    /// Takes what is newly durable into the ledger, one record after the other.
    pub(crate) fn audit(&mut self, facts: &Facts) -> Result<Vec<Record>, Violation> {
        let disk = self.disk.clone();
        let disk = disk.borrow();
        hold!(disk.fault.is_none(), ChainVerifies, "{:?}", disk.fault);
        let records = disk.records.get(self.audited..).unwrap_or_default().to_vec();
        self.audited += records.len();
        for record in &records {
            self.trace.push(facts.now, record.body.kind().name, record.seq.0.cast_signed());
            if let Body::NoticeFailed(body) = &record.body {
                let doubt = body.perhaps_arrived || !self.sites.arrived.contains(&body.notice);
                hold!(doubt, RecoveryIsTold, "{} arrived and is taken for certainly lost", body.notice);
            }
            if let Some(show) = self.show {
                show(format!("{} {} at {} by {} {:?}", facts.now, record.seq, record.at, record.actor, record.body));
            }
            self.ledger.take(record, facts)?;
            self.fold.apply(record);
            self.excuse(record, facts);
        }
        self.ledger.cases.settled()?;
        if records.iter().any(|record| matches!(record.body, Body::PlanAdopted(_))) {
            for (id, _) in self.ledger.all_firing() {
                self.ledger.routed_by_plan(id)?;
            }
        }
        Ok(records)
    }

    /// What a record excuses: debts of alerts that it mutes, frees, or moves.
    fn excuse(&mut self, record: &Record, facts: &Facts) {
        if let Body::Started(_) | Body::ClockJumped(_) | Body::PlanAdopted(_) = &record.body {
            return self.disturbed(facts.mono, facts.now);
        }
        let (ledger, owed) = (&self.ledger, &mut self.owed);
        let labels = |id| ledger.alerts.get(&id).map(|known| &known.labels);
        match &record.body {
            Body::Started(_) | Body::ClockJumped(_) | Body::PlanAdopted(_) => {}
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
                excuse_inhibited(ledger, (owed, &mut self.duties), &body.labels, changed);
            }
            Body::AlertResolved(body) => {
                if let Some(source) = labels(body.alert) {
                    excuse_inhibited(ledger, (owed, &mut self.duties), source, Some(body.alert));
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
            | Body::BodyErased(_)
            | Body::RuleAlertsChanged(_)
            | incident_bodies!()
            | access_bodies!()
            | review_bodies!() => {}
        }
    }

    pub(crate) fn released(&mut self, released: Released, records: &[Record], facts: &Facts) -> Result<(), Violation> {
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
            match effect {
                Effect::Notify { message, integration } => {
                    let same = integration.name == message.integration;
                    hold!(same, AcknowledgedIsDurable, "{} by another way", message.notice);
                    self.notify(&message)?;
                }
                Effect::Page { message, integration } => self.page(&message, &integration)?,
                Effect::Update { message, integration } => self.update(&message, &integration)?,
            }
        }
        self.ledger.incidents_stand(facts, silenced_last(records))?;
        if facts.start || was_failing {
            self.all_sent_again()?;
            let idle = self.ledger.open.keys().find(|id| !self.sites.under_way.contains_key(id));
            hold!(idle.is_none(), NoticeIsTried, "{idle:?} is open and was not sent again");
        }
        self.compare()
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
        self.disturbed(facts.mono, facts.now);
        if self.disk.borrow().crashed {
            self.crash();
            return Ok(());
        }
        if records.iter().any(|record| matches!(record.body, Body::ClockJumped(_))) {
            self.clock.known_offset = self.clock.offset;
        }
        let own = |input: &Input| {
            matches!(input, Input::NoticeOutcome { .. } | Input::MessageOutcome { .. } | Input::AdoptPlan { .. })
        };
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

    pub(crate) fn compare_now(&self) -> Result<(), Violation> {
        let Some(driver) = self.driver.as_ref() else { return Ok(()) };
        hold!(*driver.engine().state() == self.fold, StateIsFold, "the state at {} is another one", self.fold.seq);
        let known = self.ledger.plan_hash();
        let plan = driver.engine().plan().hash;
        hold!(plan == known, PlanIsOffered, "works by {}, adopted is {}", plan.short(), known.short());
        Ok(())
    }
}

/// Whether silences changed, and no alert after that: what is paused then is paused for them.
fn silenced_last(records: &[Record]) -> bool {
    let silences = |record: &Record| matches!(record.body, Body::SilenceSet(_) | Body::SilenceExpired(_));
    let alerts = |record: &Record| matches!(record.body, Body::AlertFired(_) | Body::AlertResolved(_));
    records.iter().any(silences) && !records.iter().any(alerts)
}

fn excuse_inhibited(
    ledger: &crate::ledger::Ledger,
    (owed, duties): (&mut crate::owed::Owed, &mut crate::duties::Duties),
    source: &evenkeel_labels::LabelSet,
    changed: Option<evenkeel_ids::AlertId>,
) {
    let Some(plan) = ledger.plan.as_ref() else { return };
    let touched = |id| {
        let known = ledger.alerts.get(&id);
        Some(id) == changed || known.is_none_or(|known| reference::may_inhibit(plan, source, &known.labels))
    };
    owed.excuse(touched);
    duties.excuse(ledger, touched);
}

fn seq(notice: NoticeId) -> i64 {
    count(usize::try_from(notice.0.0).unwrap_or(usize::MAX))
}

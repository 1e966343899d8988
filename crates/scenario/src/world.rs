//! The world of one script: the engine on its journal, its clock, and those it tells.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use evenkeel_engine::{
    Answer, Driver, Effect, Engine, Input, Journal, Limits, Message, Outcome, Released, State, Submission,
};
use evenkeel_ids::{NoticeId, Seq, SilenceId};
use evenkeel_model::Plan;
use evenkeel_record::chain::Head;
use evenkeel_record::{Actor, SentId};
use evenkeel_time::{Duration, Timestamp};

use crate::incoming::Clock;
use crate::memory::Memory;
use crate::notation;
use crate::ops::Files;
use crate::script::{Line, epoch};
use crate::transcript::Transcript;

mod commands;
mod expectations;
mod people;
mod telling;

/// The engine on its journal, its clock, and those it tells.
#[derive(Debug)]
pub struct World {
    epoch: Timestamp,
    /// Since the epoch, whatever the wall clock says.
    elapsed: Duration,
    /// What clock jumps add up to.
    offset: Duration,
    limits: Limits,
    driver: Option<Driver<Memory>>,
    /// How attempts go, by the beginning of `receiver/integration`; the last that fits counts.
    deliveries: Vec<(String, Delivery)>,
    /// Notices that hang.
    hanging: Vec<Sent>,
    keys: BTreeMap<Sent, String>,
    /// Notices nobody expected yet.
    sent: VecDeque<(Duration, String)>,
    /// Every message with its time, in order.
    messages: Vec<(Duration, Message)>,
    /// Whether every notice has to be expected.
    attended: bool,
    silences: BTreeMap<String, SilenceId>,
    refused: Option<String>,
    /// What the last silence that was set is called.
    silence_set: Option<SilenceId>,
    /// Whether the last silence that was changed became another one.
    replaced: Option<bool>,
    counted: usize,
    transcript: Transcript,
    /// What the journal's records add up to, as far as they were folded.
    folded: (State, Head),
    /// The practice that is signed for unless another one is named.
    practice: Option<String>,
    /// Files of the ops repo besides its documents.
    files: Files,
    /// The number of the last record that made an entity of each kind: `incident`, `page`, `update`.
    last: BTreeMap<String, Seq>,
}

/// What is sent and can have an outcome.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Sent {
    Notice(NoticeId),
    Message(SentId, Arc<str>),
}

/// How an attempt goes: to an outcome, or not at all.
type Delivery = Option<Outcome>;

/// More steps than this at one instant go on for ever.
const STEPS_MAX: usize = 1000;

impl World {
    /// Nothing runs yet.
    pub fn new(lines: &[Line]) -> Self {
        Self {
            epoch: epoch(lines),
            elapsed: Duration::ZERO,
            offset: Duration::ZERO,
            limits: Limits::default(),
            driver: None,
            deliveries: vec![(String::new(), Some(Outcome::Delivered))],
            hanging: Vec::new(),
            keys: BTreeMap::new(),
            sent: VecDeque::new(),
            messages: Vec::new(),
            attended: true,
            silences: BTreeMap::new(),
            refused: None,
            silence_set: None,
            replaced: None,
            counted: 0,
            transcript: Transcript::default(),
            folded: (State::default(), Head::default()),
            practice: None,
            files: Files::new(),
            last: BTreeMap::new(),
        }
    }

    /// Nobody expects anything: [`World::messages`] says what was told.
    pub fn unattended(mut self) -> Self {
        self.attended = false;
        self
    }

    /// What is signed in this script is signed for this practice.
    #[must_use]
    pub fn of_practice(mut self, key: &str) -> Self {
        self.practice = Some(key.to_owned());
        self
    }

    /// Moves time on, and lets come what is due.
    ///
    /// # Errors
    /// When time would go back, or deadlines never end.
    pub fn advance(&mut self, at: Duration) -> Result<(), String> {
        self.advance_to(at)
    }

    /// The present instant on the wall clock.
    #[must_use]
    pub fn present(&self) -> Timestamp {
        self.now()
    }

    /// What is durable.
    ///
    /// # Errors
    /// When nothing runs yet.
    pub fn journal(&mut self) -> Result<&mut Memory, String> {
        Ok(self.driver()?.journal())
    }

    /// Every message, attempts counted one by one.
    pub fn messages(&self) -> &[(Duration, Message)] {
        &self.messages
    }

    /// Plays one line.
    pub fn play(&mut self, line: &Line) -> Result<(), String> {
        if let Some(at) = line.at {
            self.advance_to(at)?;
        }
        if !line.text.starts_with("expect") {
            self.nothing_unexpected()?;
            self.transcript.note(self.elapsed, &line.text);
        }
        let text = self.with_numbers(&line.text)?;
        self.command(&Line { text, ..line.clone() })?;
        self.folds_back()
    }

    /// `$incident`, `$page`, … stand for the number of the last of its kind, and in `incident=$incident` for its id.
    fn with_numbers(&self, text: &str) -> Result<String, String> {
        let mut words = Vec::new();
        for word in text.split(' ') {
            let last = |kind: &str| self.last.get(kind).ok_or_else(|| format!("there is no {kind} yet"));
            words.push(match word.split_once('$') {
                Some(("", kind)) => last(kind)?.0.to_string(),
                Some((before, kind)) if before.ends_with(['=', ',']) => format!("{before}{kind}:{}", last(kind)?.0),
                Some(_) | None => word.to_owned(),
            });
        }
        Ok(words.join(" "))
    }

    /// Nothing may be left over.
    pub fn end(&mut self) -> Result<(), String> {
        self.nothing_unexpected()
    }

    /// Everything that happened.
    pub fn into_transcript(self) -> String {
        self.transcript.into_text()
    }

    fn now(&self) -> Timestamp {
        self.epoch + self.elapsed + self.offset
    }

    fn clock(&self) -> Clock {
        Clock { base: self.epoch + self.offset, now: self.now() }
    }

    /// An instant of the script on the present wall clock.
    fn wall(&self, at: Duration) -> Timestamp {
        self.epoch + at + self.offset
    }

    fn driver(&mut self) -> Result<&mut Driver<Memory>, String> {
        self.driver.as_mut().ok_or_else(|| "`config` comes first".to_owned())
    }

    fn open(&mut self, journal: Memory, plan: Arc<Plan>) -> Result<(), String> {
        let salts = Box::new(|| [0; 16]);
        let Ok(driver) = Driver::open(journal, |_| plan, self.now(), self.limits, salts);
        self.driver = Some(driver);
        let now = self.now();
        let released = self.driver()?.start(now, "scenario", 0).map_err(|error| error.to_string())?;
        self.take_in(released)
    }

    fn advance_to(&mut self, target: Duration) -> Result<(), String> {
        if target < self.elapsed {
            return Err(format!("time does not go back from {} to {target}", self.elapsed));
        }
        let mut steps = 0;
        while let Some(due) = self.driver.as_ref().and_then(Driver::next_deadline) {
            let due = due - self.epoch - self.offset;
            if due > target {
                break;
            }
            steps = if due > self.elapsed { 0 } else { steps + 1 };
            if steps > STEPS_MAX {
                return Err(format!("deadlines at {due} never end"));
            }
            self.elapsed = self.elapsed.max(due);
            self.step(Input::Deadline)?;
        }
        self.elapsed = target;
        Ok(())
    }

    /// Hands an input in; what follows happens at the same instant.
    fn step(&mut self, input: Input) -> Result<(), String> {
        let now = self.now();
        self.submit(now, Submission { actor: Actor::loopback(), input })
    }

    /// The same, by somebody.
    fn step_by(&mut self, actor: &str, input: Input) -> Result<(), String> {
        let now = self.now();
        self.submit(now, Submission { actor: Actor(actor.into()), input })
    }

    fn submit(&mut self, now: Timestamp, submission: Submission) -> Result<(), String> {
        let released = self.driver()?.step(now, [submission]).map_err(|error| error.to_string())?;
        self.take_in(released)
    }

    fn take_in(&mut self, released: Released) -> Result<(), String> {
        for record in &released.records {
            self.transcript.record(self.elapsed, record);
            let subject = record.body.subject(record.seq);
            if let Some((kind, number)) = subject.split_once(':')
                && number.parse() == Ok(record.seq.0)
            {
                self.last.insert(kind.to_owned(), record.seq);
            }
        }
        self.counted += released.records.len();
        for answer in released.answers {
            match answer {
                Answer::Done
                | Answer::Subject(_)
                | Answer::Override(_)
                | Answer::Token(_)
                | Answer::Facts(_)
                | Answer::Attestation(_)
                | Answer::Improvement(_)
                | Answer::Improvements { .. }
                | Answer::Milestone(_)
                | Answer::Subscription(_) => {}
                Answer::Silence(id) => self.silence_set = Some(id),
                Answer::Refused(refusal) => self.refuse(refusal.to_string()),
            }
        }
        released.effects.into_iter().try_for_each(|effect| self.perform(effect))
    }

    fn refuse(&mut self, why: String) {
        self.transcript.note(self.elapsed, &format!("  refused: {why}"));
        self.refused = Some(why);
    }

    fn perform(&mut self, effect: Effect) -> Result<(), String> {
        let (sent, target, key, text) = match &effect {
            Effect::Notify { message, .. } => {
                let again = self.keys.contains_key(&Sent::Notice(message.notice));
                let target = format!("{}/{}", message.receiver, message.integration);
                self.messages.push((self.elapsed, message.clone()));
                (Sent::Notice(message.notice), target, &message.idempotency_key, notation::message(message, again))
            }
            Effect::Page { message, .. } => {
                let sent = Sent::Message(SentId::Page(message.page), message.contact.clone());
                let target = format!("{}/{}", message.to, message.contact);
                (sent, target, &message.idempotency_key, people::shown(&effect).unwrap_or_default())
            }
            Effect::Update { message, .. } => {
                let sent = Sent::Message(SentId::Update(message.update), message.address.clone());
                let text = people::shown(&effect).unwrap_or_default();
                (sent, message.address.to_string(), &message.idempotency_key, text)
            }
        };
        let before = self.keys.insert(sent.clone(), key.clone());
        if before.as_ref().is_some_and(|before| before != key) {
            return Err(format!("{sent:?} has another idempotency key than before"));
        }
        self.transcript.note(self.elapsed, &format!("  => {text}"));
        if self.attended {
            self.sent.push_back((self.elapsed, text));
        }
        let delivery = self.deliveries.iter().rev().find(|(prefix, _)| target.starts_with(prefix.as_str()));
        match delivery.and_then(|(_, delivery)| delivery.clone()) {
            Some(outcome) => self.step(outcome_of(sent, outcome)),
            None => {
                self.hanging.push(sent);
                Ok(())
            }
        }
    }

    /// INVARIANT of the engine: what it knows is what its records add up to, leases aside.
    fn folds_back(&mut self) -> Result<(), String> {
        let Some(driver) = &mut self.driver else { return Ok(()) };
        let (folded, head) = &mut self.folded;
        let Ok(()) = driver.journal().replay(*head, &mut |stored| folded.fold(&stored));
        let Ok(last) = driver.journal().head();
        *head = last;
        let known = Engine::state(driver.engine());
        if folded == known { Ok(()) } else { Err(format!("folded again\n{folded:#?}\nit is not\n{known:#?}")) }
    }
}

fn outcome_of(sent: Sent, outcome: Outcome) -> Input {
    match sent {
        Sent::Notice(notice) => Input::NoticeOutcome { notice, outcome },
        Sent::Message(of, address) => Input::MessageOutcome { of, address, outcome },
    }
}

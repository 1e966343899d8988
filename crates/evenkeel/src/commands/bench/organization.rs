//! A made-up organisation for measuring: teams, people, workloads, and half a year's worth of trouble with them.
//!
//! Everything goes through the engine's real inputs, onto a real journal: alerts fire, people are paged and acknowledge
//! or do not, it is over, and in between facts of every kind are told from outside.

use std::path::Path;
use std::sync::Arc;

use anyhow::{anyhow, ensure};
use evenkeel_alerting::Outcome;
use evenkeel_engine::{Answer, Driver, Effect, IncomingAlert, Input, Limits, Released, Submission};
use evenkeel_fact::IncomingFact;
use evenkeel_ids::IncidentId;
use evenkeel_incident::{By, Command};
use evenkeel_journal::{Journal, OsSalts};
use evenkeel_labels::LabelSet;
use evenkeel_record::{Actor, Body, Origin};
use evenkeel_time::{Duration, Timestamp};

use super::dice::Dice;
use super::ops_repo::{RESPONDED_MAX, plan, team_of};
use super::told::Teller;
use crate::serve::{Port, write_snapshot};

/// Workloads in trouble at once.
const AT_ONCE: usize = 32;
/// Facts told between one round of trouble and the next.
const FACTS: usize = 400;
/// About so many records come of a round; only the pace follows from it.
const RECORDS_A_ROUND: u64 = 1000;
/// Where its time begins.
const BEGIN: Timestamp = Timestamp(1_800_000_000_000);
/// How long the time is that the records are spread over.
const SPAN: Duration = Duration::secs(180 * 86_400);

/// The organisation, at work on its journal.
pub(crate) struct Organization {
    driver: Driver<Port>,
    workloads: usize,
    now: Timestamp,
    pace: Duration,
    round: usize,
    dice: Dice,
    teller: Teller,
}

impl Organization {
    /// Opens its journal in a folder; about so many records are to come.
    pub(crate) fn open(data: &Path, workloads: usize, records: u64) -> anyhow::Result<Self> {
        Self::open_at(data, workloads, records, BEGIN)
    }

    /// The same, where its time begins at another instant.
    pub(crate) fn open_at(data: &Path, workloads: usize, records: u64, begin: Timestamp) -> anyhow::Result<Self> {
        let plan = Arc::new(plan(workloads)?);
        let mut salts = OsSalts::default();
        let salts = Box::new(move || salts.next().expect("there is always another salt"));
        let journal = Port(Journal::open(data)?);
        let mut driver = Driver::open(journal, |_| plan.clone(), begin, Limits::default(), salts)?;
        let now = driver.engine().state().at.max(begin);
        driver.start(now, "bench", 0).map_err(|failed| anyhow!("{failed}"))?;
        let rounds = i64::try_from((records / RECORDS_A_ROUND).max(1)).unwrap_or(i64::MAX);
        let (dice, teller) = (Dice::new(driver.head().seq.0), Teller::new(workloads));
        Ok(Self { driver, workloads, now, pace: Duration::millis(SPAN.0 / rounds), round: 0, dice, teller })
    }

    /// The last record's number.
    pub(crate) fn records(&self) -> u64 {
        self.driver.head().seq.0
    }

    /// One of its workloads.
    pub(crate) const fn workload(&self, number: usize) -> usize {
        number * 7919 % self.workloads
    }

    /// Keeps the state, so that the next start need not fold everything.
    pub(crate) fn keep(&mut self) -> anyhow::Result<()> {
        let head = self.driver.head();
        let state = self.driver.engine().state().clone();
        Ok(write_snapshot(&self.driver.journal().0, head, &state)?)
    }

    /// One round of trouble, from the alerts to its end, and what is told beside it.
    pub(crate) fn work(&mut self) -> anyhow::Result<()> {
        let hit: Vec<usize> = (0..AT_ONCE).map(|number| self.pick(number)).collect();
        let opened = self.fire(&hit)?;
        self.pass(Duration::secs(120))?;
        let taken: Vec<(IncidentId, usize)> = opened.iter().copied().filter(|_| !self.dice.one_in(10)).collect();
        self.acknowledge(&taken)?;
        self.pass(Duration::secs(900))?;
        let over = hit.iter().map(|workload| alert(*workload, self.round, self.now)).collect();
        self.step(vec![(Actor::system(), Input::Alerts(over)), (Actor::system(), Input::Deadline)])?;
        let facts = (0..FACTS).map(|_| self.teller.next(&mut self.dice, self.now, &opened)).collect();
        self.tell(facts)?;
        let rest = self.pace - Duration::secs(120 + 900);
        self.pass(rest.max(Duration::secs(600)))?;
        self.round += 1;
        Ok(())
    }

    /// Alerts fire; the incidents that were opened, with their workloads.
    pub(crate) fn fire(&mut self, hit: &[usize]) -> anyhow::Result<Vec<(IncidentId, usize)>> {
        let ends_at = self.now + Duration::hours(48);
        let fired = hit.iter().map(|workload| alert(*workload, self.round, ends_at)).collect();
        self.step(vec![(Actor::system(), Input::Alerts(fired))])
    }

    /// Alerts fire that nobody is paged for: so many, a hundred of each name.
    pub(crate) fn noise(&mut self, count: usize) -> anyhow::Result<()> {
        let ends_at = Some(self.now + Duration::hours(48));
        let alert = |number: usize| {
            let labels = [
                ("alertname", format!("Noise{}", number / 100)),
                ("instance", format!("10.0.{}.{}:9100", number / 256 % 256, number % 256)),
                ("job", "node".to_owned()),
                ("number", number.to_string()),
                ("severity", "warning".to_owned()),
            ];
            let annotations = LabelSet::new([("summary", format!("something is off on number {number}"))]);
            IncomingAlert { labels: LabelSet::new(labels), annotations, ends_at, ..IncomingAlert::default() }
        };
        for first in (0..count).step_by(1000) {
            let alerts = (first..count.min(first + 1000)).map(alert).collect();
            self.step(vec![(Actor::system(), Input::Alerts(alerts)), (Actor::system(), Input::Deadline)])?;
        }
        self.pass(Duration::secs(1))
    }

    /// The first person of the team acknowledges.
    pub(crate) fn acknowledge(&mut self, taken: &[(IncidentId, usize)]) -> anyhow::Result<()> {
        let taken = taken.iter().map(|(incident, workload)| {
            let person: Arc<str> = format!("p{}", 2 * team_of(*workload)).into();
            let by = By { person: Some(person.clone()), page: None, may_approve: false };
            let actor = Actor(format!("person:{person}").into());
            (actor, Input::Command { by, command: Command::Acknowledge(*incident) })
        });
        self.step(taken.collect()).map(|_| ())
    }

    /// One fact of a kind is told.
    pub(crate) fn tell_one(&mut self, kind: &str, workload: usize) -> anyhow::Result<()> {
        let fact = self.teller.one(kind, &mut self.dice, self.now, workload);
        self.tell(vec![fact])
    }

    fn tell(&mut self, facts: Vec<IncomingFact>) -> anyhow::Result<()> {
        self.step(vec![(Actor::system(), Input::Report { facts, origin: Origin::Reported })]).map(|_| ())
    }

    /// Time passes, and what is due is done.
    pub(crate) fn pass(&mut self, time: Duration) -> anyhow::Result<()> {
        let until = self.now + time;
        while let Some(due) = self.driver.next_deadline().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.step(vec![(Actor::system(), Input::Deadline)])?;
        }
        self.now = until;
        Ok(())
    }

    /// Which workload is hit: some far more often than others, as in life.
    fn pick(&mut self, number: usize) -> usize {
        let all = self.workloads.min(RESPONDED_MAX);
        let few = (all / 20).max(1);
        self.dice.below(if number.is_multiple_of(4) { few } else { all })
    }

    /// Hands inputs in, and takes every message as delivered; the incidents that were opened, with their workloads.
    fn step(&mut self, inputs: Vec<(Actor, Input)>) -> anyhow::Result<Vec<(IncidentId, usize)>> {
        let mut opened = Vec::new();
        let mut inputs = inputs;
        while !inputs.is_empty() {
            let submissions = inputs.into_iter().map(|(actor, input)| Submission { actor, input });
            let released = self.driver.step(self.now, submissions).map_err(|failed| anyhow!("{failed}"))?;
            let refused = released.answers.iter().find(|answer| matches!(answer, Answer::Refused(_)));
            ensure!(refused.is_none(), "the bench's own input is refused: {refused:?}");
            opened.extend(incidents(&released));
            let outcomes = released.effects.into_iter().map(|effect| (Actor::system(), delivered(effect)));
            inputs = outcomes.collect();
        }
        Ok(opened)
    }
}

fn incidents(released: &Released) -> Vec<(IncidentId, usize)> {
    let opened = released.records.iter().filter_map(|record| {
        let Body::IncidentOpened(body) = &record.body else { return None };
        let workload = body.workload.as_deref()?.strip_prefix('w')?.parse().ok()?;
        Some((IncidentId(record.seq), workload))
    });
    opened.collect()
}

fn delivered(effect: Effect) -> Input {
    let outcome = Outcome::Delivered;
    match effect {
        Effect::Notify { message, .. } => Input::NoticeOutcome { notice: message.notice, outcome },
        Effect::Page { message, .. } => {
            Input::MessageOutcome { of: evenkeel_record::SentId::Page(message.page), address: message.contact, outcome }
        }
        Effect::Update { message, .. } => {
            let of = evenkeel_record::SentId::Update(message.update);
            Input::MessageOutcome { of, address: message.address, outcome }
        }
    }
}

fn alert(workload: usize, round: usize, ends_at: Timestamp) -> IncomingAlert {
    let labels = [
        ("alertname", format!("Down{}", round % 5)),
        ("team", format!("t{}", team_of(workload))),
        ("workload", format!("w{workload}")),
    ];
    IncomingAlert { labels: LabelSet::new(labels), ends_at: Some(ends_at), ..IncomingAlert::default() }
}

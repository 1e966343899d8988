//! The world around the engine: what happens in it, event by event, all from one seed.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use evenkeel_engine::{Driver, IncomingSilence, Input, State, Submission};
use evenkeel_ids::SilenceId;
use evenkeel_model::Plan;
use evenkeel_record::Actor;
use evenkeel_time::Timestamp;

use crate::catalogue;
use crate::clock::{Clock, HOUR, MINUTE, Mono, SECOND};
use crate::disk::{Disk, Health, SimJournal};
use crate::duties::Duties;
use crate::ledger::Ledger;
use crate::owed::{self, Look, Owed, SAMPLE_EVERY};
use crate::people;
use crate::plans;
use crate::post::Post;
use crate::random::Random;
use crate::rates::Rates;
use crate::schedule::{Event, Schedule};
use crate::senders::{Prometheus, careless};
use crate::sites::Sites;
use crate::trace::Trace;
use crate::violation::{Violation, hold};

/// The ledger forgets what is over each so many looks.
const PRUNE_EVERY: u64 = 10;

/// Everything there is in a run.
pub(crate) struct World {
    pub(crate) random: Random,
    pub(crate) clock: Clock,
    pub(crate) schedule: Schedule,
    pub(crate) rates: Rates,
    pub(crate) disk: Rc<RefCell<Disk>>,
    pub(crate) driver: Option<Driver<SimJournal>>,
    pub(crate) plans: Vec<Arc<Plan>>,
    /// What the ops repo resolves to; `None` while it does not.
    pub(crate) repo: Option<usize>,
    pub(crate) ledger: Ledger,
    /// The fold of the durable records, record by record.
    pub(crate) fold: State,
    pub(crate) audited: usize,
    pub(crate) sites: Sites,
    prometheus: Vec<Prometheus>,
    pub(crate) silences: Vec<(SilenceId, IncomingSilence)>,
    pub(crate) inbox: Vec<Submission>,
    /// The last step failed: the shell waits until then before it tries again by itself.
    pub(crate) retry_at: Option<Mono>,
    pub(crate) down_since: Mono,
    pub(crate) owed: Owed,
    pub(crate) duties: Duties,
    /// Pages and updates under way.
    pub(crate) post: Post,
    /// Of ten pages that arrive so many are slept through.
    pub(crate) sleep: usize,
    pub(crate) trace: Trace,
    pub(crate) show: Option<fn(String)>,
    pub(crate) steps: u64,
    pub(crate) starts: u64,
    pub(crate) salts: Random,
    samples: u64,
    /// Records that conditions over time explain.
    allowance: f64,
}

impl World {
    pub(crate) fn new(seed: u64, rates: Option<Rates>, people: bool) -> Self {
        let mut random = Random::new(seed);
        let start = match people {
            true => catalogue::beginning(&mut random),
            false => Timestamp(1_767_571_200_000 + random.between(0, 24 * HOUR)),
        };
        let plans = match people {
            true => plans::with_people(start, &mut random),
            false => plans::generate(&mut random),
        };
        let drawn = Rates::generate(&mut random);
        let rates = rates.unwrap_or(drawn);
        let rates = if people { rates.with_people(&mut random) } else { rates };
        let prometheus = (0..random.between(1, 3)).map(|_| Prometheus::generate(&mut random)).collect();
        let mut world = Self {
            clock: Clock::new(start),
            schedule: Schedule::default(),
            rates,
            disk: Rc::new(RefCell::new(Disk::new())),
            driver: None,
            repo: Some(0),
            ledger: Ledger::default(),
            fold: State::default(),
            audited: 0,
            sites: Sites::default(),
            prometheus,
            silences: Vec::new(),
            inbox: Vec::new(),
            retry_at: None,
            down_since: 0,
            owed: Owed::default(),
            duties: Duties::default(),
            post: Post::default(),
            sleep: 0,
            trace: Trace::default(),
            show: None,
            steps: 0,
            starts: 0,
            salts: random.fork(),
            samples: 0,
            allowance: 0.0,
            plans,
            random,
        };
        world.ledger.offered = world.plans.iter().map(|plan| (plan.hash, plan.clone())).collect();
        if people {
            world.sleep = *world.random.pick(&[1, 3, 6, 9]);
        }
        world.begin();
        world
    }

    fn begin(&mut self) {
        self.schedule.at(0, Event::Restart);
        self.schedule.at(SAMPLE_EVERY, Event::Sample);
        self.schedule.at(20 * MINUTE, Event::Snapshot);
        for index in 0..self.prometheus.len() {
            let at = self.random.between(0, MINUTE);
            self.schedule.at(at, Event::Prometheus(index));
        }
        let rates = self.rates.clone();
        for (mean, event) in [
            (rates.careless, Event::Careless),
            (rates.person, Event::Person),
            (rates.reload, Event::Reload),
            (rates.site, Event::Site),
            (rates.crash, Event::Crash),
            (rates.disk, Event::DiskFails),
            (rates.clock_jump, Event::ClockJump),
            (rates.stall, Event::Stall),
            (rates.meddling, Event::Meddles),
            (rates.standing_in, Event::StandsIn),
        ] {
            self.again(mean, event);
        }
    }

    /// Lets something happen again after about its mean time.
    pub(crate) fn again(&mut self, mean: Option<Mono>, event: Event) {
        if let Some(mean) = mean {
            let at = self.clock.mono + self.random.between(mean / 10, 2 * mean);
            self.schedule.at(at, event);
        }
    }

    /// Goes on to whatever comes next: an event, or a deadline of the engine.
    pub(crate) fn advance(&mut self) -> Result<(), Violation> {
        self.steps += 1;
        let event_at = self.schedule.next_at().unwrap_or(Mono::MAX);
        match self.wake_at().filter(|at| *at < event_at) {
            Some(at) => {
                self.clock.mono = self.clock.mono.max(at);
                self.step()
            }
            None => {
                self.clock.mono = self.clock.mono.max(event_at);
                let event = self.schedule.pop().expect("samples go on for ever");
                self.happen(event)
            }
        }
    }

    fn happen(&mut self, event: Event) -> Result<(), Violation> {
        let now = self.clock.wall();
        let rates = &self.rates;
        match event {
            Event::Prometheus(index) => return self.prometheus_sends(index),
            Event::Careless => {
                self.again(rates.careless, event);
                let alerts = careless(now, &mut self.random);
                self.trace.push(now, "careless alerts:", count(alerts.len()));
                return self.submit("script", Input::Alerts(alerts));
            }
            Event::Person => {
                self.again(rates.person, event);
                let command = people::command(&self.silences, now, &mut self.random);
                self.trace.push(now, "a person is at the silences", 0);
                return self.submit("person", command);
            }
            Event::Reload => {
                self.again(rates.reload, event);
                return self.reload();
            }
            Event::Site => {
                self.again(rates.site, event);
                self.site_turns();
            }
            Event::Attempt(notice, token) => return self.attempt_ends(notice, token),
            Event::Carried(token) => return self.carried(token),
            Event::Answers(page) => return self.answers(page),
            Event::Works(incident) => return self.works(incident),
            Event::Meddles => return self.meddles(),
            Event::StandsIn => return self.stands_in(),
            Event::Crash => {
                self.again(rates.crash, event);
                self.crash_soon();
            }
            Event::Restart => return self.boot(),
            Event::DiskFails => self.disk_fails(),
            Event::DiskHeals => {
                self.trace.push(now, "the disk works again", 0);
                self.disk.borrow_mut().health = Health::Works;
                self.again(self.rates.disk, Event::DiskFails);
            }
            Event::ClockJump => self.clock_jumps(),
            Event::Stall => {
                self.again(rates.stall, event);
                self.clock.mono += self.random.between(SECOND, 10 * MINUTE);
                self.trace.push(self.clock.wall(), "everything stood still until now", 0);
                self.disturbed(self.clock.mono, self.clock.wall());
            }
            Event::Tick => return self.step(),
            Event::Sample => return self.sample(),
            Event::Snapshot => self.store_snapshot(),
        }
        Ok(())
    }

    /// Something excuses everything until now.
    pub(crate) fn disturbed(&mut self, mono: Mono, now: Timestamp) {
        self.owed.disturbed(mono, now);
        self.duties.disturbed();
        self.ledger.cases.calm_since = mono;
    }

    fn prometheus_sends(&mut self, index: usize) -> Result<(), Violation> {
        let Some(prometheus) = self.prometheus.get_mut(index) else { return Ok(()) };
        let alerts = prometheus.send(&self.clock, &mut self.random);
        let next = self.clock.mono + prometheus.interval();
        self.schedule.at(next, Event::Prometheus(index));
        if alerts.is_empty() {
            return Ok(());
        }
        self.trace.push(self.clock.wall(), "prometheus alerts:", count(alerts.len()));
        self.submit("prometheus", Input::Alerts(alerts))
    }

    /// Brings an input to the shell, which steps at once or gathers more; a machine that is down takes none.
    pub(crate) fn submit(&mut self, actor: &str, input: Input) -> Result<(), Violation> {
        if self.driver.is_none() {
            return Ok(());
        }
        self.inbox.push(Submission { actor: Actor(actor.into()), input });
        if self.random.chance(150) {
            let later = self.clock.mono + self.random.between(1, 50);
            self.schedule.at(later, Event::Tick);
            return Ok(());
        }
        self.step()
    }

    fn store_snapshot(&mut self) {
        let next = self.clock.mono + self.random.between(MINUTE, HOUR);
        self.schedule.at(next, Event::Snapshot);
        let settled = self.retry_at.is_none();
        if let Some(driver) = self.driver.as_ref().filter(|_| settled) {
            self.disk.borrow_mut().store_snapshot(driver.head(), driver.engine().state());
        }
    }

    /// Looks at what is owed, unless the engine is kept from its work.
    fn sample(&mut self) -> Result<(), Violation> {
        self.schedule.at(self.clock.mono + SAMPLE_EVERY, Event::Sample);
        let (mono, now) = (self.clock.mono, self.clock.wall());
        let well = self.disk.borrow().health == Health::Works && self.retry_at.is_none();
        let look = Look { ledger: &self.ledger, sites: &self.sites, mono, now };
        self.allowance += owed::growth(look)?;
        let Some(driver) = self.driver.as_ref().filter(|_| well && self.clock.untold_jump().is_none()) else {
            self.disturbed(mono, now);
            return Ok(());
        };
        self.owed.sample(look)?;
        self.duties.sample(look)?;
        self.ledger.messages_live(mono, |of, address| self.post.carries(of, address))?;
        if mono - self.owed.calm_since > MINUTE {
            self.ledger.open_notices_live(mono, |id| self.sites.under_way.contains_key(&id))?;
        }
        self.samples += 1;
        if !self.samples.is_multiple_of(PRUNE_EVERY) {
            return Ok(());
        }
        let alerting = &driver.engine().state().alerting;
        self.ledger.prune(mono, |id| alerting.alert(id).is_some(), |id| alerting.group(id).is_some());
        Ok(())
    }

    /// What can only be said at the end.
    pub(crate) fn conclude(&self) -> Result<(), Violation> {
        let disk = self.disk.borrow();
        let verified = disk.verify();
        hold!(verified.is_ok(), ChainVerifies, "{verified:?}");
        owed::growth_is_bounded(disk.records.len(), self.allowance, &self.ledger, self.starts)
    }
}

pub(crate) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

//! The machine stops, and runs again with what the disk kept.

use evenkeel_engine::{Driver, Limits};
use evenkeel_ids::PlanHash;

use crate::clock::{HOUR, MINUTE, SECOND};
use crate::disk::{Found, SimJournal};
use crate::facts::Facts;
use crate::schedule::Event;
use crate::violation::{Violation, hold};
use crate::world::World;

impl World {
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
        self.disturbed(self.clock.mono, self.clock.wall());
        self.post.lost();
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
        self.disturbed(facts.mono, facts.now);
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

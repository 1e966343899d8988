//! What people and machines do to the engine: reloads, sites, crashes, disks, clocks.

use evenkeel_engine::Input;

use crate::clock::{HOUR, MINUTE, SECOND};
use crate::disk::{CrashPoint, Health};
use crate::ledger::Site;
use crate::schedule::Event;
use crate::violation::Violation;
use crate::world::{World, count};

impl World {
    pub(crate) fn reload(&mut self) -> Result<(), Violation> {
        if self.random.chance(250) {
            self.repo = None;
            self.trace.push(self.clock.wall(), "the ops repo does not resolve", 0);
            let errors = vec!["alerts.yaml:1:1: unknown-receiver: no receiver named `r9`".into()];
            return self.submit("system", Input::RefusePlan { errors });
        }
        let index = self.random.below(self.plans.len());
        self.repo = Some(index);
        self.trace.push(self.clock.wall(), "the ops repo resolves to plan", count(index));
        let Some(plan) = self.plans.get(index).cloned() else { return Ok(()) };
        self.submit("system", Input::AdoptPlan { plan, findings: 0 })
    }

    pub(crate) fn site_turns(&mut self) {
        let plan = self.random.pick(&self.plans).clone();
        let all = plan.receivers.values().flat_map(|receiver| {
            receiver.integrations.iter().map(move |known| (receiver.name.clone(), known.name.clone()))
        });
        let mut all: Vec<Site> = all.collect();
        for person in plan.catalogue.people.values() {
            all.extend(
                person.contacts.keys().map(|contact| (format!("person:{}", person.name).into(), contact.clone())),
            );
        }
        if all.is_empty() {
            return;
        }
        let site = self.random.pick(&all).clone();
        let condition = self.sites.turn(site.clone(), &mut self.random);
        self.owed.excuse_site(&site);
        self.trace.push(self.clock.wall(), "a site turns to condition", condition as i64);
    }

    /// The machine stops now, or in the midst of its next commit.
    pub(crate) fn crash_soon(&mut self) {
        match self.random.below(3) {
            0 => self.crash(),
            number => {
                let point = if number == 1 { CrashPoint::BeforeCommit } else { CrashPoint::AfterCommit };
                let mut disk = self.disk.borrow_mut();
                disk.crash_at = Some((disk.commits + 1, point));
            }
        }
    }

    pub(crate) fn disk_fails(&mut self) {
        self.trace.push(self.clock.wall(), "the disk gets into trouble", 0);
        let lasts = if self.random.chance(700) { 20 * SECOND } else { 5 * MINUTE };
        let until = self.clock.mono + self.random.between(SECOND, lasts);
        let mut disk = self.disk.borrow_mut();
        match self.random.below(3) {
            0 => disk.lies_once = true,
            1 => disk.health = Health::Full,
            _ => disk.health = Health::Unreadable,
        }
        drop(disk);
        self.schedule.at(until, Event::DiskHeals);
    }

    /// Somebody sets the clock; the shell notices within a second.
    pub(crate) fn clock_jumps(&mut self) {
        self.again(self.rates.clock_jump, Event::ClockJump);
        let far = *self.random.pick(&[10 * SECOND, 10 * MINUTE, 3 * HOUR]);
        let by = self.random.between(3 * SECOND, far.max(4 * SECOND)) * if self.random.chance(500) { 1 } else { -1 };
        self.clock.offset += by;
        self.trace.push(self.clock.wall(), "the clock was set by ms", by);
        self.disturbed(self.clock.mono, self.clock.wall());
        let noticed = self.clock.mono + self.random.between(1, SECOND);
        self.schedule.at(noticed, Event::Tick);
    }
}

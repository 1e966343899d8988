//! People who are paged, and people who meddle: they sleep, answer late, answer twice, and change their minds.

use std::sync::Arc;

use evenkeel_engine::Input;
use evenkeel_ids::{DocumentRef, IncidentId, PageId, ProblemId, Seq, UpdateId};
use evenkeel_incident::{By, Command};
use evenkeel_oncall::IncomingOverride;
use evenkeel_record::{Ask, IncidentRole};
use evenkeel_severity::Severity;
use evenkeel_time::Duration;

use crate::cases::About;
use crate::catalogue::{PEOPLE, POLICIES, RESPONSES, SCHEDULES, target};
use crate::clock::{HOUR, MINUTE, Mono, SECOND};
use crate::random::Random;
use crate::schedule::Event;
use crate::violation::Violation;
use crate::world::{World, count};

const ROLES: [IncidentRole; 4] =
    [IncidentRole::Responder, IncidentRole::Commander, IncidentRole::Communicator, IncidentRole::Scribe];

impl World {
    /// A page arrived: whoever reads it may answer, now, later, or never.
    pub(crate) fn page_arrived(&mut self, page: PageId) {
        if self.random.below(10) < self.sleep {
            return;
        }
        let wait: Mono = match self.random.below(4) {
            0 => self.random.between(SECOND, 20 * SECOND),
            1 | 2 => self.random.between(20 * SECOND, 5 * MINUTE),
            _ => self.random.between(5 * MINUTE, 40 * MINUTE),
        };
        let at = self.clock.mono + wait;
        self.schedule.at(at, Event::Answers(page));
        if self.random.chance(150) {
            let again = at + self.random.between(SECOND, 2 * MINUTE);
            self.schedule.at(again, Event::Answers(page));
        }
    }

    /// Somebody who read a page acts on it.
    pub(crate) fn answers(&mut self, id: PageId) -> Result<(), Violation> {
        let Some(sheet) = self.ledger.cases.sheets.get(&id.0.0) else { return Ok(()) };
        let About::Page { to, ask } = &sheet.about else { return Ok(()) };
        let (incident, ask) = (sheet.incident, *ask);
        let random = &mut self.random;
        let (person, page) = match to {
            DocumentRef::Person(name) => (name.clone(), random.chance(850).then_some(id)),
            DocumentRef::Receiver(_)
            | DocumentRef::Team(_)
            | DocumentRef::Schedule(_)
            | DocumentRef::Policy(_)
            | DocumentRef::Workload(_) => ((*random.pick(&PEOPLE)).into(), None),
        };
        let command = match ask {
            Ask::Approve(update) if random.chance(700) => Command::ApproveUpdate { update, text: text(random) },
            Ask::Approve(update) => Command::WithdrawUpdate { update, reason: "not so".into() },
            Ask::Acknowledge | Ask::StillYours | Ask::TakeOver => match random.below(12) {
                0 => Command::Escalate { incident, to: None, reason: text(random) },
                1 => Command::Resolve { incident, reason: text(random), workaround: random.chance(300) },
                _ => Command::Acknowledge(incident),
            },
        };
        let works_at = self.clock.mono + self.random.between(10 * SECOND, 90 * MINUTE);
        self.schedule.at(works_at, Event::Works(incident));
        self.trace.push(self.clock.wall(), "somebody answers page", count(usize::try_from(id.0.0).unwrap_or(0)));
        self.command(&person, page, false, command)
    }

    /// Whoever took it on, or somebody beside them, does something about it.
    pub(crate) fn works(&mut self, incident: IncidentId) -> Result<(), Violation> {
        let holder = self.ledger.cases.open.get(&incident).and_then(|case| case.held.as_ref()?.person.clone());
        let random = &mut self.random;
        let person = holder.unwrap_or_else(|| (*random.pick(&PEOPLE)).into());
        if random.chance(400) {
            let again = self.clock.mono + random.between(MINUTE, HOUR);
            self.schedule.at(again, Event::Works(incident));
        }
        let other = self.some_incident();
        let command = work(incident, other, &mut self.random);
        self.trace.push(self.clock.wall(), "somebody works on an incident", 0);
        self.command(&person, None, false, command)
    }

    /// Somebody does something, sensible or not.
    pub(crate) fn meddles(&mut self) -> Result<(), Violation> {
        self.again(self.rates.meddling, Event::Meddles);
        let person: Arc<str> = (*self.random.pick(&PEOPLE)).into();
        let (one, other, update) = (self.some_incident(), self.some_incident(), self.some_update());
        let random = &mut self.random;
        let command = match random.below(10) {
            0 | 1 => Command::Open { response_plan: (*random.pick(&RESPONSES)).into(), title: "odd numbers".into() },
            2 => Command::ApproveUpdate { update, text: text(random) },
            3 => Command::WithdrawUpdate { update, reason: "not now".into() },
            4 => Command::OpenProblem { title: "one cause".into(), incidents: vec![one, other] },
            5 => Command::ResolveProblem { problem: ProblemId(one.0), reason: "mended".into() },
            6 => Command::Note { incident: one, text: "".into(), for_updates: true },
            _ => work(one, other, random),
        };
        let (known, may_approve) = (self.random.chance(900), self.random.chance(200));
        self.trace.push(self.clock.wall(), "somebody meddles", 0);
        if known {
            return self.command(&person, None, may_approve, command);
        }
        let by = By { person: None, page: None, may_approve };
        self.submit("token:7", Input::Command { by, command })
    }

    fn command(
        &mut self,
        person: &Arc<str>,
        page: Option<PageId>,
        may_approve: bool,
        command: Command,
    ) -> Result<(), Violation> {
        let by = By { person: Some(person.clone()), page, may_approve };
        self.submit(&format!("person:{person}"), Input::Command { by, command })
    }

    fn some_incident(&mut self) -> IncidentId {
        let cases = &self.ledger.cases;
        let active: Vec<IncidentId> = cases.open.iter().filter(|(_, case)| case.active()).map(|(id, _)| *id).collect();
        let all: Vec<IncidentId> = cases.open.keys().chain(cases.gone.keys()).copied().collect();
        let from = if active.is_empty() || self.random.chance(200) { &all } else { &active };
        if from.is_empty() || self.random.chance(10) { IncidentId(Seq(1)) } else { *self.random.pick(from) }
    }

    fn some_update(&mut self) -> UpdateId {
        let sheets = self.ledger.cases.sheets.iter();
        let updates = sheets.filter(|(_, sheet)| matches!(sheet.about, About::Update { .. }));
        let mut waiting: Vec<u64> = updates.map(|(id, _)| *id).rev().take(4).collect();
        waiting.push(1);
        UpdateId(Seq(*self.random.pick(&waiting)))
    }

    /// Somebody stands in for a while, or takes that back.
    pub(crate) fn stands_in(&mut self) -> Result<(), Violation> {
        self.again(self.rates.standing_in, Event::StandsIn);
        let now = self.clock.wall();
        let known: Vec<u64> = self.ledger.cases.stand_ins.keys().copied().collect();
        let random = &mut self.random;
        let input = if !known.is_empty() && random.chance(300) {
            Input::RemoveOverride(evenkeel_ids::OverrideId(Seq(*random.pick(&known))))
        } else {
            let from = now + Duration(random.between(-10 * MINUTE, HOUR));
            Input::SetOverride(IncomingOverride {
                schedule: (*random.pick(&SCHEDULES)).into(),
                from,
                until: from + Duration(random.between(-MINUTE, 6 * HOUR)),
                person: (*random.pick(&PEOPLE)).into(),
                replaces: random.chance(400).then(|| (*random.pick(&PEOPLE)).into()),
                reason: "dentist".into(),
            })
        };
        self.trace.push(now, "somebody stands in, or does not", 0);
        self.submit("person:p0", input)
    }
}

fn text(random: &mut Random) -> Option<Box<str>> {
    random.chance(300).then(|| "it is the disk again".into())
}

fn work(incident: IncidentId, other: IncidentId, random: &mut Random) -> Command {
    let reason: Box<str> = "so it seems".into();
    match random.below(20) {
        0..5 => Command::Resolve { incident, reason: text(random), workaround: random.chance(200) },
        5 | 6 => Command::Acknowledge(incident),
        7 => Command::Escalate { incident, to: None, reason: text(random) },
        8 => Command::Escalate { incident, to: Some(target(random)), reason: text(random) },
        9 => {
            let policy = DocumentRef::Policy((*random.pick(&POLICIES)).into());
            Command::Escalate { incident, to: Some(policy), reason: text(random) }
        }
        10 | 11 => Command::Merge { incident, into: other, reason },
        12 | 13 => Command::Reopen { incident, reason },
        14 => Command::Close { incident, reason },
        15 => Command::SetSeverity { incident, severity: *random.pick(&Severity::ALL), reason },
        16 => Command::SetVisibility { incident, customer_visible: random.chance(700), reason },
        17 | 18 => {
            let (role, person) = (*random.pick(&ROLES), (*random.pick(&PEOPLE)).into());
            Command::Assign { incident, role, person, reason: text(random) }
        }
        _ => Command::Note { incident, text: "looked at it".into(), for_updates: random.chance(500) },
    }
}

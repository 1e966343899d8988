//! What happens when: the queue of events to come.

use std::collections::BTreeMap;

use evenkeel_ids::{IncidentId, NoticeId, PageId};

use crate::clock::Mono;

/// Something that happens in the world around the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// A Prometheus sends.
    Prometheus(usize),
    /// A careless script sends.
    Careless,
    /// A person does something about silences.
    Person,
    /// The ops repo changes.
    Reload,
    /// A site gets into trouble or out of it.
    Site,
    /// An attempt to send comes to its end.
    Attempt(NoticeId, u64),
    /// An attempt to send a page or an update comes to its end.
    Carried(u64),
    /// Somebody who was paged does something about it.
    Answers(PageId),
    /// Somebody works on an incident.
    Works(IncidentId),
    /// Somebody does something about some incident.
    Meddles,
    /// Somebody stands in for somebody, or does not any more.
    StandsIn,
    /// The machine stops.
    Crash,
    /// It runs again.
    Restart,
    /// The disk gets into trouble.
    DiskFails,
    /// It is well again.
    DiskHeals,
    /// The wall clock is set.
    ClockJump,
    /// Nothing runs for a while.
    Stall,
    /// The shell looks at its clocks and its inbox.
    Tick,
    /// The checks look at what is owed.
    Sample,
    /// The shell stores a snapshot.
    Snapshot,
}

/// Events in the order of their time, then of their making.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    events: BTreeMap<(Mono, u64), Event>,
    made: u64,
}

impl Schedule {
    pub(crate) fn at(&mut self, at: Mono, event: Event) {
        self.made += 1;
        self.events.insert((at, self.made), event);
    }

    pub(crate) fn next_at(&self) -> Option<Mono> {
        self.events.first_key_value().map(|((at, _), _)| *at)
    }

    pub(crate) fn pop(&mut self) -> Option<Event> {
        self.events.pop_first().map(|(_, event)| event)
    }
}

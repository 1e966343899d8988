//! What waits and what is under way, by integration.
//!
//! A lane is one integration of one receiver or one contact of one person, and one kind of message to it. Lanes with something to take stand in a ring; each `take` serves the
//! first and puts it last, so a lane with ten thousand messages delays another lane's first by one turn. Pages have a ring
//! of their own, which goes first, and a share of the workers that nothing else may take.
//! INVARIANT: a lane is in its ring exactly when it has something queued and is below its limit.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use evenkeel_alerting::{Outcome, Retry};
use tokio::time::Instant;

use super::stats::{Stats, Tally};
use super::{Delivery, Submitted};
use crate::content::{Lane as LaneKey, MessageId};

/// The queues.
#[derive(Debug)]
pub(super) struct Queue {
    per_lane: usize,
    /// How much that is no page may be in flight.
    others_max: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    closed: bool,
    /// Queued or in flight.
    open: BTreeSet<MessageId>,
    lanes: BTreeMap<LaneKey, Lane>,
    rings: Rings,
    in_flight: usize,
    /// Of these, what is no page.
    others_in_flight: usize,
    tally: Tally,
}

/// Lanes with something to take, by what they hold.
#[derive(Debug, Default)]
struct Rings {
    pages: VecDeque<LaneKey>,
    others: VecDeque<LaneKey>,
}

impl Rings {
    fn of(&mut self, key: &LaneKey) -> &mut VecDeque<LaneKey> {
        if key.holds_pages() { &mut self.pages } else { &mut self.others }
    }

    fn put_last(&mut self, key: LaneKey) {
        self.of(&key).push_back(key);
    }
}

#[derive(Debug)]
struct Lane {
    queued: VecDeque<(Delivery, Instant)>,
    in_flight: usize,
    /// How many may be in flight: all of the share while it answers, one while it does not.
    limit: usize,
}

impl Lane {
    fn ready(&self) -> bool {
        !self.queued.is_empty() && self.in_flight < self.limit
    }
}

/// A delivery taken to be sent.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) delivery: Delivery,
    pub(super) queued_at: Instant,
    /// Whether another worker would find something to take.
    pub(super) more: bool,
    taken_at: Instant,
}

impl Queue {
    pub(super) fn new(per_lane: usize, others_max: usize) -> Self {
        Self { per_lane, others_max, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, delivery: Delivery) -> Submitted {
        let now = Instant::now();
        let mut state = self.state();
        let state = &mut *state;
        if state.closed {
            return Submitted::Closed;
        }
        if !state.open.insert(delivery.content.id()) {
            return Submitted::AlreadyOpen;
        }
        let key = delivery.content.lane();
        let fresh = || Lane { queued: VecDeque::new(), in_flight: 0, limit: self.per_lane };
        let lane = state.lanes.entry(key).or_insert_with(fresh);
        let was_ready = lane.ready();
        lane.queued.push_back((delivery, now));
        if lane.ready() && !was_ready {
            let key = lane.queued.back().map(|(delivery, _)| delivery.content.lane());
            key.into_iter().for_each(|key| state.rings.put_last(key));
        }
        Submitted::Queued
    }

    pub(super) fn take(&self) -> Option<Taken> {
        let mut state = self.state();
        let state = &mut *state;
        let room = state.others_in_flight < self.others_max;
        let first = state.rings.pages.pop_front();
        let key = first.or_else(|| if room { state.rings.others.pop_front() } else { None })?;
        let lane = state.lanes.get_mut(&key)?;
        let (delivery, queued_at) = lane.queued.pop_front()?;
        lane.in_flight += 1;
        state.in_flight += 1;
        state.others_in_flight += usize::from(!key.holds_pages());
        if lane.ready() {
            state.rings.put_last(key);
        }
        let room = state.others_in_flight < self.others_max;
        let more = !state.rings.pages.is_empty() || (room && !state.rings.others.is_empty());
        Some(Taken { delivery, queued_at, more, taken_at: Instant::now() })
    }

    /// Gives a message up; says how many are left.
    pub(super) fn finish(&self, taken: &Taken, outcome: &Outcome) -> usize {
        let took = taken.taken_at.elapsed();
        let mut state = self.state();
        let state = &mut *state;
        state.tally.count(&taken.delivery.integration.transport, outcome, took);
        state.open.remove(&taken.delivery.content.id());
        state.in_flight -= 1;
        let key = taken.delivery.content.lane();
        state.others_in_flight -= usize::from(!key.holds_pages());
        if let Some(lane) = state.lanes.get_mut(&key) {
            let was_ready = lane.ready();
            lane.in_flight -= 1;
            lane.limit = match outcome {
                Outcome::Failed { retry: Retry::Yes | Retry::Unsure | Retry::After(_), .. } => 1,
                Outcome::Delivered | Outcome::Failed { retry: Retry::No, .. } => self.per_lane.min(lane.limit * 2),
            };
            if lane.queued.is_empty() && lane.in_flight == 0 && lane.limit == self.per_lane {
                // Nothing is known of it that a new lane would not know.
                state.lanes.remove(&key);
            } else if lane.ready() && !was_ready {
                state.rings.put_last(key);
            } else if !lane.ready() && was_ready {
                state.rings.of(&key).retain(|other| *other != key);
            }
        }
        state.open.len()
    }

    pub(super) fn close(&self) {
        self.state().closed = true;
    }

    /// How many messages are queued or in flight.
    pub(super) fn open(&self) -> usize {
        self.state().open.len()
    }

    pub(super) fn stats(&self) -> Stats {
        let state = self.state();
        state.tally.stats(state.open.len() - state.in_flight, state.in_flight)
    }
}

#[cfg(test)]
mod tests;

//! The other ends of integrations: how they do, and how an attempt to reach them goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_engine::{Outcome, Retry};
use evenkeel_ids::NoticeId;
use evenkeel_time::Duration;

use crate::clock::{Mono, SECOND};
use crate::random::Random;

/// How a site does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Takes everything at once.
    Works,
    /// Takes it after a while.
    Slow,
    /// Answers with an error that may pass.
    Fails,
    /// Asks to come back later.
    Busy,
    /// Says no for good.
    Refuses,
    /// Never answers.
    Hangs,
}

const TROUBLES: [Condition; 5] =
    [Condition::Slow, Condition::Fails, Condition::Busy, Condition::Refuses, Condition::Hangs];

/// The longest a site in working order takes.
pub(crate) const LATENCY_MAX: Mono = 400;
/// The longest a busy site asks to wait.
pub(crate) const WAIT_MAX: Mono = 120 * SECOND;

/// One attempt under way.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub(crate) token: u64,
    pub(crate) site: (Arc<str>, Arc<str>),
    pub(crate) outcome: Outcome,
    /// Whether it was begun at a site in working order.
    pub(crate) sound: bool,
}

/// All sites and the attempts under way.
#[derive(Debug, Default)]
pub(crate) struct Sites {
    conditions: BTreeMap<(Arc<str>, Arc<str>), Condition>,
    pub(crate) under_way: BTreeMap<NoticeId, Attempt>,
    /// Notices of which an attempt arrived, whatever became of its outcome.
    pub(crate) arrived: BTreeSet<NoticeId>,
    tokens: u64,
}

impl Sites {
    pub(crate) fn condition(&self, site: &(Arc<str>, Arc<str>)) -> Condition {
        self.conditions.get(site).copied().unwrap_or(Condition::Works)
    }

    /// Whether a site takes everything now and nothing from a worse time is under way.
    pub(crate) fn sound(&self, site: &(Arc<str>, Arc<str>)) -> bool {
        self.condition(site) == Condition::Works
            && self.under_way.values().all(|attempt| attempt.sound || attempt.site != *site)
    }

    /// A site gets into trouble, or out of it.
    pub(crate) fn turn(&mut self, site: (Arc<str>, Arc<str>), random: &mut Random) -> Condition {
        let works = self.condition(&site) == Condition::Works;
        let next = if works { *random.pick(&TROUBLES) } else { Condition::Works };
        self.conditions.insert(site, next);
        next
    }

    /// Begins an attempt; gives its token and how long it takes. `time_left` is the notice's.
    pub(crate) fn begin(
        &mut self,
        notice: NoticeId,
        site: (Arc<str>, Arc<str>),
        time_left: Mono,
        random: &mut Random,
    ) -> (u64, Mono) {
        let (outcome, takes) = self.attempt(&site, time_left, random);
        let condition = self.condition(&site);
        if matches!(condition, Condition::Works | Condition::Slow) {
            self.arrived.insert(notice);
        }
        self.tokens += 1;
        let sound = condition == Condition::Works;
        self.under_way.insert(notice, Attempt { token: self.tokens, site, outcome, sound });
        (self.tokens, takes)
    }

    /// How an attempt goes that begins now, and how long it takes.
    pub(crate) fn attempt(&self, site: &(Arc<str>, Arc<str>), time_left: Mono, random: &mut Random) -> (Outcome, Mono) {
        let failed = |reason: &str, retry| Outcome::Failed { reason: reason.to_owned(), retry };
        let (outcome, takes) = match self.condition(site) {
            Condition::Works => (Outcome::Delivered, random.between(5, LATENCY_MAX)),
            Condition::Slow => (Outcome::Delivered, random.between(SECOND, 30 * SECOND)),
            Condition::Fails => {
                let reason = *random.pick(&["connection refused", "connection refused", "status 500"]);
                (failed(reason, Retry::Yes), random.between(5, SECOND))
            }
            Condition::Busy => {
                let wait = Duration(random.between(SECOND, WAIT_MAX));
                (failed("status 429", Retry::After(wait)), random.between(5, SECOND))
            }
            Condition::Refuses => (failed("status 404", Retry::No), random.between(5, SECOND)),
            Condition::Hangs => (failed("timed out", Retry::Unsure), Mono::MAX),
        };
        let outcome = if takes <= time_left { outcome } else { failed("timed out", Retry::Unsure) };
        (outcome, takes.min(time_left.max(0)))
    }
}

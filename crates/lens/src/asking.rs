//! Asks the evidence what it takes to judge one practice, and no more than that.
//!
//! Each run is over all subjects at once. What cannot change a verdict is not asked: nothing of whom it does not apply to,
//! no re-test of what did not fail, nothing older of what is practised. A run for a few subjects is narrowed to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_time::Timestamp;

use crate::facts::{Ask, BlockRow, Facts};
use crate::practice::{Block, Practice, Rows};
use crate::review::{At, Judged};
use crate::rules::{self, Failing, Found};
use crate::signed::Signed;

/// More subjects are not listed one by one: a run over all is as quick.
const NARROW_MAX: usize = 200;

/// Since ever.
const EVER: Timestamp = Timestamp(i64::MIN);

/// Judges a practice for some of its subjects, sorted by name.
pub(crate) fn judge<F: Facts>(
    facts: &mut F,
    practice: &Practice,
    names: &[Arc<str>],
    signed: &Signed,
    at: &At,
) -> Result<Vec<Judged>, F::Error> {
    let found = names.iter().map(|name| signed.found(practice, name)).collect();
    let mut asking = Asking { facts, practice, names, at, found };
    if practice.mechanism {
        asking.counter_facts()?;
        asking.occasions()?;
        asking.retests()?;
        asking.observed()?;
        asking.older(|asking, index| asking.is_open(index))?;
    }
    asking.declared()?;
    let judged = |(name, found)| rules::judge(practice, found, at.to, name);
    Ok(names.iter().zip(&asking.found).map(judged).collect())
}

struct Asking<'a, F> {
    facts: &'a mut F,
    practice: &'a Practice,
    /// Sorted.
    names: &'a [Arc<str>],
    at: &'a At,
    /// Shape: by name, in their order.
    found: Vec<Found>,
}

/// The time that a run looks at.
#[derive(Clone, Copy)]
struct Time {
    from: Timestamp,
    to: Timestamp,
}

impl<F: Facts> Asking<'_, F> {
    fn window(&self) -> Time {
        Time { from: self.at.to - self.practice.window, to: self.at.to }
    }

    /// Those for whom a claim holds, by their places among the names.
    fn those(&self, claim: impl Fn(&Self, usize) -> bool) -> Vec<usize> {
        (0..self.names.len()).filter(|index| claim(self, *index)).collect()
    }

    fn of(&self, index: usize) -> &Found {
        self.found.get(index).expect("one for each name")
    }

    fn applies(&self, index: usize) -> bool {
        self.of(index).not_applicable.is_none()
    }

    /// The occasions in the window that count.
    fn counting(&self, index: usize) -> Option<&BlockRow> {
        rules::counting(self.practice, self.of(index), self.at.to)
    }

    fn is_contradicted(&self, index: usize) -> bool {
        let since = self.of(index).done_since.as_ref();
        self.failing(index).is_some_and(|failing| !rules::retested(&failing, since))
            || rules::contradicts(self.practice, self.counting(index))
    }

    fn is_practised(&self, index: usize) -> bool {
        let practised = |row| rules::is_practised(self.practice, row, self.at.to);
        !self.is_contradicted(index) && self.counting(index).is_some_and(practised)
    }

    /// Whether neither counter-facts nor occasions in the window, nor a signature, decide.
    fn is_open(&self, index: usize) -> bool {
        let signed = !self.applies(index) || self.of(index).attested.is_some();
        !signed && !self.is_contradicted(index) && !self.is_practised(index)
    }

    fn counter_facts(&mut self) -> Result<(), F::Error> {
        let Some(block) = &self.practice.contradicted else { return Ok(()) };
        let (wanted, window) = (self.those(Self::applies), self.window());
        self.run(block, window, false, &wanted, |found| &mut found.failed)?;
        self.run(block, Time { from: EVER, to: window.from }, false, &wanted, |found| &mut found.failed_before)
    }

    fn occasions(&mut self) -> Result<(), F::Error> {
        let Some(block) = &self.practice.practised else { return Ok(()) };
        let wanted = self.those(Self::applies);
        self.run(block, self.window(), false, &wanted, |found| &mut found.done)
    }

    /// Asks what was done since the last counter-fact, where that may be enough.
    fn retests(&mut self) -> Result<(), F::Error> {
        let Some(block) = &self.practice.practised else { return Ok(()) };
        let from = self.window().from;
        self.older(|asking, index| asking.last_failure(index).is_some_and(|last| last < from))?;
        let mut by_last: BTreeMap<Timestamp, Vec<usize>> = BTreeMap::new();
        for index in self.those(Self::may_be_retested) {
            let last = self.last_failure(index).expect("one that may be retested has failed");
            by_last.entry(last).or_default().push(index);
        }
        for (last, wanted) in by_last {
            let since = Time { from: after(last), to: self.at.to };
            self.run(block, since, false, &wanted, |found| &mut found.done_since)?;
        }
        Ok(())
    }

    fn failing(&self, index: usize) -> Option<Failing<'_>> {
        rules::failing(self.practice, self.of(index))
    }

    fn last_failure(&self, index: usize) -> Option<Timestamp> {
        self.failing(index)?.last_at
    }

    /// Whether a longer time has enough good occasions, the last of them later than the last failure: only then there is
    /// something to ask.
    fn may_be_retested(&self, index: usize) -> bool {
        let Some((failing, last)) = self.failing(index).and_then(|failing| Some((failing, failing.last_at?))) else {
            return false;
        };
        let found = self.of(index);
        let longer = if last < self.window().from { &found.done_ever } else { &found.done };
        let enough = |row: &BlockRow| row.good >= failing.needed && row.last_at.is_some_and(|good| good > last);
        longer.as_ref().is_some_and(enough)
    }

    /// Asks again without what was told, where occasions make it practised.
    fn observed(&mut self) -> Result<(), F::Error> {
        let Some(block) = &self.practice.practised else { return Ok(()) };
        let wanted = self.those(Self::is_practised);
        if block.rows == Rows::Observed {
            for index in wanted {
                let counting = self.counting(index).cloned();
                if let Some(found) = self.found.get_mut(index) {
                    found.done_observed = counting;
                }
            }
            return Ok(());
        }
        let mut by_begin: BTreeMap<Timestamp, Vec<usize>> = BTreeMap::new();
        for index in wanted {
            let made_good = rules::made_good(self.practice, self.of(index), self.at.to);
            by_begin.entry(made_good.map_or(self.window().from, after)).or_default().push(index);
        }
        for (from, wanted) in by_begin {
            let time = Time { from, to: self.at.to };
            self.run(block, time, true, &wanted, |found| &mut found.done_observed)?;
        }
        Ok(())
    }

    /// Asks for occasions since ever, of those of whom that was not asked before.
    fn older(&mut self, claim: impl Fn(&Self, usize) -> bool) -> Result<(), F::Error> {
        let Some(block) = &self.practice.practised else { return Ok(()) };
        let wanted = self.those(|asking, index| asking.of(index).done_ever.is_none() && claim(asking, index));
        self.run(block, Time { from: EVER, to: self.at.to }, false, &wanted, |found| &mut found.done_ever)
    }

    fn declared(&mut self) -> Result<(), F::Error> {
        let Some(block) = &self.practice.declared else { return Ok(()) };
        let wanted = self.those(|asking, index| asking.is_open(index));
        self.run(block, self.window(), false, &wanted, |found| &mut found.declared)
    }

    /// Runs a block, and puts its rows where they belong.
    fn run(
        &mut self,
        block: &Block,
        time: Time,
        observed_only: bool,
        wanted: &[usize],
        place: impl Fn(&mut Found) -> &mut Option<BlockRow>,
    ) -> Result<(), F::Error> {
        if wanted.is_empty() || time.from >= time.to {
            return Ok(());
        }
        let listed: Vec<Arc<str>>;
        let subjects = if wanted.len() <= NARROW_MAX {
            listed = wanted.iter().filter_map(|index| self.names.get(*index)).map(Arc::clone).collect();
            Some(listed.as_slice())
        } else {
            None
        };
        let ask = Ask { block, from: time.from, to: time.to, seq: self.at.seq, observed_only, subjects };
        let rows = sorted(self.facts.rows(&ask)?);
        let mut rows = rows.into_iter().peekable();
        for index in wanted {
            let (Some(name), Some(found)) = (self.names.get(*index), self.found.get_mut(*index)) else { continue };
            while rows.next_if(|row| row.subject < *name).is_some() {}
            let own = std::iter::from_fn(|| rows.next_if(|row| row.subject == *name));
            *place(found) = own.reduce(joined);
        }
        Ok(())
    }
}

/// The instant after this one.
const fn after(last: Timestamp) -> Timestamp {
    Timestamp(last.0.saturating_add(1))
}

fn sorted(mut rows: Vec<BlockRow>) -> Vec<BlockRow> {
    rows.sort_by(|a, b| a.subject.cmp(&b.subject));
    rows
}

/// Two rows of one subject, which a block should not return, count together.
fn joined(one: BlockRow, other: BlockRow) -> BlockRow {
    BlockRow {
        subject: one.subject,
        good: one.good.saturating_add(other.good),
        total: one.total.saturating_add(other.total),
        last_at: one.last_at.max(other.last_at),
        refs: rules::refs(one.refs.into_iter().chain(other.refs)),
    }
}

//! Asks the evidence what it takes to judge one practice, and no more than that.
//!
//! Each run is over all subjects at once. What cannot change a verdict is not asked: nothing of whom it does not apply to,
//! no re-test of what did not fail, nothing older of what is practised. A run for a few subjects is narrowed to them.

use std::sync::Arc;

use evenkeel_time::Timestamp;

use crate::facts::{Ask, BlockRow, Blocks};
use crate::practice::{Block, Practice, Rows};
use crate::review::{At, Judged};
use crate::rules::{self, Failing, Found};
use crate::signed::Signed;

/// More subjects are not listed one by one: a run over all is as quick.
const NARROW_MAX: usize = 200;

/// Since ever.
const EVER: Timestamp = Timestamp(i64::MIN);

/// Judges a practice for some of its subjects, sorted by name.
pub(crate) fn judge<R: Blocks + ?Sized>(
    rows: &mut R,
    practice: &Practice,
    names: &[Arc<str>],
    signed: &Signed,
    at: &At,
) -> Result<Vec<Judged>, R::Error> {
    let found = names.iter().map(|name| signed.found(practice, name)).collect();
    let mut asking = Asking { rows, practice, names, at, found };
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

struct Asking<'a, R: ?Sized> {
    rows: &'a mut R,
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

impl<R: Blocks + ?Sized> Asking<'_, R> {
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

    fn counter_facts(&mut self) -> Result<(), R::Error> {
        let Some(block) = &self.practice.contradicted else { return Ok(()) };
        let (wanted, window) = (self.those(Self::applies), self.window());
        self.run(block, window, false, &wanted, |found| &mut found.failed)?;
        self.run(block, Time { from: EVER, to: window.from }, false, &wanted, |found| &mut found.failed_before)
    }

    fn occasions(&mut self) -> Result<(), R::Error> {
        let Some(block) = &self.practice.practised else { return Ok(()) };
        let wanted = self.those(Self::applies);
        self.run(block, self.window(), false, &wanted, |found| &mut found.done)
    }

    /// Asks what was done since the last counter-fact, where that may be enough.
    fn retests(&mut self) -> Result<(), R::Error> {
        let Some(block) = &self.practice.practised else { return Ok(()) };
        let from = self.window().from;
        self.older(|asking, index| asking.last_failure(index).is_some_and(|last| last < from))?;
        let begin = |index: usize| {
            let last = self.last_failure(index).expect("one that may be retested has failed");
            (index, after(last))
        };
        let wanted: Vec<(usize, Timestamp)> = self.those(Self::may_be_retested).into_iter().map(begin).collect();
        self.run_since(block, false, &wanted, |found| &mut found.done_since)
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
    fn observed(&mut self) -> Result<(), R::Error> {
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
        let (mut whole, mut since) = (Vec::new(), Vec::new());
        for index in wanted {
            match rules::made_good(self.practice, self.of(index), self.at.to) {
                Some(last) => since.push((index, after(last))),
                None => whole.push(index),
            }
        }
        self.run(block, self.window(), true, &whole, |found| &mut found.done_observed)?;
        self.run_since(block, true, &since, |found| &mut found.done_observed)
    }

    /// Asks for occasions since ever, of those of whom that was not asked before.
    fn older(&mut self, claim: impl Fn(&Self, usize) -> bool) -> Result<(), R::Error> {
        let Some(block) = &self.practice.practised else { return Ok(()) };
        let wanted = self.those(|asking, index| asking.of(index).done_ever.is_none() && claim(asking, index));
        self.run(block, Time { from: EVER, to: self.at.to }, false, &wanted, |found| &mut found.done_ever)
    }

    fn declared(&mut self) -> Result<(), R::Error> {
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
    ) -> Result<(), R::Error> {
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
        let rows = self.rows.rows(&ask)?;
        self.put(rows, wanted.iter().copied(), place);
        Ok(())
    }

    /// Runs a block for subjects that begin each at their own; sorted by name, as all.
    fn run_since(
        &mut self,
        block: &Block,
        observed_only: bool,
        wanted: &[(usize, Timestamp)],
        place: impl Fn(&mut Found) -> &mut Option<BlockRow>,
    ) -> Result<(), R::Error> {
        let (seq, to) = (self.at.seq, self.at.to);
        let wanted: Vec<(usize, Timestamp)> = wanted.iter().copied().filter(|(_, from)| *from < to).collect();
        let Some(from) = wanted.iter().map(|(_, from)| *from).min() else { return Ok(()) };
        let names = wanted.iter().filter_map(|(index, _)| self.names.get(*index));
        let subjects: Vec<Arc<str>> = names.map(Arc::clone).collect();
        let begins: Vec<Timestamp> = wanted.iter().map(|(_, from)| *from).collect();
        let ask = Ask { block, from, to, seq, observed_only, subjects: Some(&subjects) };
        let rows = self.rows.rows_since(&ask, &begins)?;
        self.put(rows, wanted.iter().map(|(index, _)| *index), place);
        Ok(())
    }

    /// Puts rows where they belong.
    fn put(
        &mut self,
        rows: Vec<BlockRow>,
        wanted: impl Iterator<Item = usize>,
        place: impl Fn(&mut Found) -> &mut Option<BlockRow>,
    ) {
        let mut rows = sorted(rows).into_iter().peekable();
        for index in wanted {
            let (Some(name), Some(found)) = (self.names.get(index), self.found.get_mut(index)) else { continue };
            while rows.next_if(|row| row.subject < *name).is_some() {}
            let own = std::iter::from_fn(|| rows.next_if(|row| row.subject == *name));
            *place(found) = own.reduce(joined);
        }
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

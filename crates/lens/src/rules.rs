//! The rules: what is found of one practice for one subject becomes its verdict. Pure, and the only place where they are.
//!
//! A verdict goes before those below it: not applicable, contradicted, practised, attested, stale, declared, unknown.
//! What happened in the window decides; before it only what was never made good (counter-facts) or never repeated (stale)
//! speaks. More counter-facts never make a verdict better: those before the window and those in it are held together
//! when it is asked whether a re-test has passed.

use std::sync::Arc;

use evenkeel_ids::Seq;
use evenkeel_time::Timestamp;

use crate::facts::{Attestation, BlockRow};
use crate::practice::{Practice, Tolerance};
use crate::review::Judged;
use crate::verdict::Verdict;
use crate::why::{Retest, TooFew, Why};

/// What one practice's blocks say of one subject. What was not asked, since it cannot matter, is `None`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// The live statement that it does not apply.
    pub(crate) not_applicable: Option<Arc<Attestation>>,
    /// The live statement that it is done.
    pub(crate) attested: Option<Arc<Attestation>>,
    /// Counter-facts in the window.
    pub(crate) failed: Option<BlockRow>,
    /// Counter-facts before it.
    pub(crate) failed_before: Option<BlockRow>,
    /// Occasions in the window.
    pub(crate) done: Option<BlockRow>,
    /// Those that count in the window, without what was told to Evenkeel.
    pub(crate) done_observed: Option<BlockRow>,
    /// Occasions since ever.
    pub(crate) done_ever: Option<BlockRow>,
    /// Occasions since the last counter-fact.
    pub(crate) done_since: Option<BlockRow>,
    /// What the ops repo says.
    pub(crate) declared: Option<BlockRow>,
}

/// Counter-facts above the tolerance, which a re-test may make good.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failing<'a> {
    /// Those that are shown.
    pub(crate) row: &'a BlockRow,
    /// Whether they lie before the window.
    pub(crate) standing: bool,
    /// The last counter-fact of all; `None` when the block does not say, so that nothing is known to be later.
    pub(crate) last_at: Option<Timestamp>,
    /// How many occasions have to go right after it.
    pub(crate) needed: i64,
    /// Which share of those after it may be missed.
    tolerance: Tolerance,
}

/// The counter-facts above the tolerance, if there are such.
pub(crate) fn failing<'a>(practice: &Practice, found: &'a Found) -> Option<Failing<'a>> {
    let above = |row: &&BlockRow| row.good > 0 && practice.tolerance.exceeded(row.good, row.total);
    let (now, before) = (found.failed.as_ref(), found.failed_before.as_ref());
    let standing = before.filter(above);
    let row = now.filter(above).or(standing)?;
    let count = |row: Option<&BlockRow>| row.map_or(0, |row| row.good.max(0));
    let counted = count(now).saturating_add(if standing.is_some() { count(before) } else { 0 });
    let lasts = [now, before].map(|row| row.filter(|row| row.good > 0));
    let unsaid = lasts.iter().flatten().any(|row| row.last_at.is_none());
    let last_at = lasts.iter().flatten().filter_map(|row| row.last_at).max().filter(|_| !unsaid);
    Some(Failing {
        row,
        standing: now.filter(above).is_none(),
        last_at,
        needed: counted.max(i64::from(practice.sample)),
        tolerance: practice.tolerance,
    })
}

/// Whether what was done since is enough.
pub(crate) fn retested(failing: &Failing<'_>, since: Option<&BlockRow>) -> bool {
    let within = |row: &BlockRow| !failing.tolerance.exceeded(row.total.saturating_sub(row.good), row.total);
    since.is_some_and(|row| row.good >= failing.needed && within(row))
}

/// The last counter-fact in the window, where there were too many and a re-test has passed. What that made good counts no
/// more, as a miss no more than as a counter-fact.
pub(crate) fn made_good(practice: &Practice, found: &Found, to: Timestamp) -> Option<Timestamp> {
    let failing = failing(practice, found).filter(|failing| retested(failing, found.done_since.as_ref()))?;
    failing.last_at.filter(|last| *last >= to - practice.window)
}

/// The occasions in the window that count.
pub(crate) fn counting<'a>(practice: &Practice, found: &'a Found, to: Timestamp) -> Option<&'a BlockRow> {
    match made_good(practice, found, to) {
        Some(_) => found.done_since.as_ref(),
        None => found.done.as_ref(),
    }
}

/// Whether occasions in the window make it practised.
pub(crate) fn is_practised(practice: &Practice, row: &BlockRow, to: Timestamp) -> bool {
    enough(practice, row) && !missed(practice, row) && fresh(practice, row, to)
}

fn enough(practice: &Practice, row: &BlockRow) -> bool {
    row.good > 0 && row.total >= i64::from(practice.sample)
}

fn missed(practice: &Practice, row: &BlockRow) -> bool {
    let misses = row.total.saturating_sub(row.good.max(0));
    row.total >= i64::from(practice.sample) && practice.tolerance.exceeded(misses, row.total)
}

fn fresh(practice: &Practice, row: &BlockRow, to: Timestamp) -> bool {
    row.last_at.is_some_and(|last| last >= to - practice.freshness)
}

/// Whether occasions in the window contradict by themselves: too many of them were missed.
pub(crate) fn contradicts(practice: &Practice, done: Option<&BlockRow>) -> bool {
    done.is_some_and(|row| missed(practice, row))
}

/// Whether it was done often enough once.
fn was_done(practice: &Practice, found: &Found) -> bool {
    [&found.done_ever, &found.done].into_iter().flatten().any(|row| enough(practice, row))
}

/// The verdict.
pub(crate) fn judge(practice: &Practice, found: &Found, to: Timestamp, subject: &Arc<str>) -> Judged {
    let mut judged = decide(practice, found, to);
    judged.subject = Arc::clone(subject);
    judged.attested = found.not_applicable.clone().or_else(|| found.attested.clone());
    judged.next = practice.next.get(&judged.verdict).cloned();
    judged
}

fn decide(practice: &Practice, found: &Found, to: Timestamp) -> Judged {
    if let Some(signed) = &found.not_applicable {
        let why = Why::NotApplicable { person: Arc::clone(&signed.person), until: signed.expires_at };
        return signature(Verdict::NotApplicable, why, signed);
    }
    if let Some(failing) = failing(practice, found).filter(|failing| !retested(failing, found.done_since.as_ref())) {
        return of(Verdict::Contradicted, failing.row, counter_facts(practice, &failing, found));
    }
    let done = counting(practice, found, to).filter(|row| row.total > 0);
    if let Some(row) = done.filter(|row| missed(practice, row)) {
        return of(Verdict::Contradicted, row, misses(practice, row, false));
    }
    if let Some(row) = done.filter(|row| is_practised(practice, row, to)) {
        let observed = found.done_observed.as_ref();
        // However much is told: it does not outvote what was seen.
        if let Some(seen) = observed.filter(|row| missed(practice, row)) {
            return of(Verdict::Contradicted, seen, misses(practice, seen, true));
        }
        return practised(practice, row, !observed.is_some_and(|row| is_practised(practice, row, to)));
    }
    if let Some(signed) = &found.attested {
        let why = Why::Attested { person: Arc::clone(&signed.person), until: signed.expires_at };
        return signature(Verdict::Attested, why, signed);
    }
    let seen = done.map(|row| TooFew { good: row.good.max(0), total: row.total, sample: practice.sample });
    if was_done(practice, found) {
        let row = found.done_ever.as_ref().or(done);
        let few = seen.filter(|seen| seen.total < i64::from(seen.sample));
        return row.map_or_else(nothing, |row| {
            of(Verdict::Stale, row, Why::Stale { good: row.good, last_at: row.last_at, seen: few })
        });
    }
    if let Some(row) = found.declared.as_ref().filter(|row| row.good > 0) {
        return of(Verdict::Declared, row, Why::Declared { good: row.good, total: row.total.max(row.good), seen });
    }
    match (done.zip(seen), practice.mechanism) {
        (Some((row, seen)), _) => of(Verdict::Unknown, row, Why::TooFew(seen)),
        (None, true) => nothing(),
        (None, false) => Judged { verdict: Verdict::NoMechanism, why: Why::NoMechanism, ..nothing() },
    }
}

fn misses(practice: &Practice, row: &BlockRow, seen: bool) -> Why {
    Why::Misses { good: row.good.max(0), total: row.total, tolerance: practice.tolerance, seen }
}

fn counter_facts(practice: &Practice, failing: &Failing<'_>, found: &Found) -> Why {
    let needed = failing.needed;
    let seen = found.done_since.as_ref().filter(|row| row.total > 0);
    let seen = seen.map(|row| Retest { good: row.good.max(0), total: row.total, needed });
    // Where the last good occasion is later, something has gone right since; how often was not asked where it cannot do.
    let longer = [&found.done_ever, &found.done].into_iter().flatten();
    let later = longer.filter(|row| row.good > 0).any(|row| row.last_at > failing.last_at);
    let later = (later && failing.last_at.is_some()).then_some(Retest { good: 0, total: 0, needed });
    Why::CounterFacts {
        count: failing.row.good,
        total: failing.row.total.max(failing.row.good),
        tolerance: practice.tolerance,
        retest: seen.or(later),
        standing: failing.standing,
    }
}

fn practised(practice: &Practice, row: &BlockRow, reported: bool) -> Judged {
    let fresh_for = practice.freshness.min(practice.window);
    let why = Why::Practised { good: row.good, total: row.total, reported };
    Judged { reported, fresh_until: row.last_at.map(|last| last + fresh_for), ..of(Verdict::Practised, row, why) }
}

fn signature(verdict: Verdict, why: Why, signed: &Attestation) -> Judged {
    Judged {
        verdict,
        why,
        last_at: Some(signed.at),
        refs: vec![signed.record],
        fresh_until: Some(signed.expires_at),
        ..nothing()
    }
}

fn of(verdict: Verdict, row: &BlockRow, why: Why) -> Judged {
    let refs = refs(row.refs.iter().copied());
    Judged { verdict, why, good: row.good.max(0), total: row.total.max(0), last_at: row.last_at, refs, ..nothing() }
}

fn nothing() -> Judged {
    Judged {
        subject: "".into(),
        verdict: Verdict::Unknown,
        reported: false,
        good: 0,
        total: 0,
        last_at: None,
        refs: Vec::new(),
        fresh_until: None,
        why: Why::Nothing,
        attested: None,
        next: None,
    }
}

/// More records are not kept.
const REFS_MAX: usize = 10;

/// The ten highest, highest first, each once.
pub(crate) fn refs(all: impl IntoIterator<Item = Seq>) -> Vec<Seq> {
    let mut refs: Vec<Seq> = all.into_iter().collect();
    refs.sort_unstable_by(|a, b| b.cmp(a));
    refs.dedup();
    refs.truncate(REFS_MAX);
    refs
}

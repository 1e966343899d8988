//! The port: what a review asks of the evidence.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::Seq;
use evenkeel_time::Timestamp;

use crate::practice::Block;
use crate::review::Judged;
use crate::subject::Subjects;

/// What the blocks of practices say. Implemented by the evidence store, and by a fake in tests.
///
/// Every answer is what was known when the record `seq` was the last one; nothing later shows through.
pub trait Blocks {
    /// What can go wrong outside.
    type Error: std::error::Error;

    /// What a block returns, at most one row a subject. Any order.
    ///
    /// # Errors
    /// When the block cannot be run, takes too long, or returns too much.
    fn rows(&mut self, ask: &Ask<'_>) -> Result<Vec<BlockRow>, Self::Error>;

    /// The same of several subjects, which begin each at their own: `begins` has one for each of [`Ask::subjects`], and
    /// [`Ask::from`] is passed over.
    ///
    /// # Errors
    /// As [`Self::rows`].
    fn rows_since(&mut self, ask: &Ask<'_>, begins: &[Timestamp]) -> Result<Vec<BlockRow>, Self::Error> {
        one_by_one(ask, begins, |ask| self.rows(ask))
    }
}

/// Judges one practice of several, by its place among them.
pub type Job<'a, E> = dyn Fn(&mut dyn Blocks<Error = E>, usize) -> Result<Vec<Judged>, E> + Sync + 'a;

/// All that a review asks of the evidence.
pub trait Facts: Blocks {
    /// Who can be judged: the workloads and teams of the plan adopted at `seq`. Any order.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    fn subjects(&mut self, seq: Seq) -> Result<Subjects, Self::Error>;

    /// Does jobs from 0 to before `count`, and gives what they give in that order. They do not depend on each other, so
    /// that several may be done at the same time.
    ///
    /// # Errors
    /// That of the first job that has one.
    fn each(&mut self, count: usize, job: &Job<'_, Self::Error>) -> Result<Vec<Vec<Judged>>, Self::Error>
    where
        Self: Sized,
    {
        (0..count).map(|place| job(self, place)).collect()
    }

    /// The attestations that were on record at `seq`, withdrawn ones among them. Those over by `to` may be left out. Any order.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    fn attestations(&mut self, seq: Seq, to: Timestamp) -> Result<Vec<Attestation>, Self::Error>;
}

impl<R: Blocks + ?Sized> Blocks for &mut R {
    type Error = R::Error;

    fn rows(&mut self, ask: &Ask<'_>) -> Result<Vec<BlockRow>, R::Error> {
        (**self).rows(ask)
    }

    fn rows_since(&mut self, ask: &Ask<'_>, begins: &[Timestamp]) -> Result<Vec<BlockRow>, R::Error> {
        (**self).rows_since(ask, begins)
    }
}

/// What several subjects are asked with that begin each at their own, one run for each begin; see [`Blocks::rows_since`].
///
/// # Errors
/// The first of a run.
pub fn one_by_one<E>(
    ask: &Ask<'_>,
    begins: &[Timestamp],
    mut rows: impl FnMut(&Ask<'_>) -> Result<Vec<BlockRow>, E>,
) -> Result<Vec<BlockRow>, E> {
    let mut by_begin: BTreeMap<Timestamp, Vec<Arc<str>>> = BTreeMap::new();
    for (subject, begin) in ask.subjects.unwrap_or_default().iter().zip(begins) {
        by_begin.entry(*begin).or_default().push(Arc::clone(subject));
    }
    let mut found = Vec::new();
    for (from, subjects) in by_begin {
        let own = rows(&Ask { from, subjects: Some(&subjects), ..*ask })?;
        found.extend(own.into_iter().filter(|row| subjects.binary_search(&row.subject).is_ok()));
    }
    Ok(found)
}

/// One run of a block.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// Which block.
    pub block: &'a Block,
    /// `$from`: the first instant of the time looked at. [`Timestamp`]'s least value for "since ever".
    pub from: Timestamp,
    /// `$to`: one past the last instant of the time looked at.
    pub to: Timestamp,
    /// `$seq`: the last record that is known.
    pub seq: Seq,
    /// Whether facts that Evenkeel did not see itself are left out, in every table.
    pub observed_only: bool,
    /// Only these subjects' rows are wanted, sorted by name; `None` for all. More may be returned, and is passed over.
    pub subjects: Option<&'a [Arc<str>]>,
}

/// What a block says of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockRow {
    /// A workload's or a team's name, or [`crate::ORGANIZATION`].
    pub subject: Arc<str>,
    /// How many of `total`: declared things, occasions done right, counter-facts.
    pub good: i64,
    /// Things that should be declared, or occasions.
    pub total: i64,
    /// The last of `good`, if any.
    pub last_at: Option<Timestamp>,
    /// The highest record numbers it stands on, highest first.
    pub refs: Vec<Seq>,
}

/// A signed statement that a practice is done, or does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// The record that made it.
    pub record: Seq,
    /// A practice's key, or one of its aliases.
    pub practice: Box<str>,
    /// A workload's or a team's name, or [`crate::ORGANIZATION`].
    pub subject: Box<str>,
    /// Who signed, by the name of their document.
    pub person: Arc<str>,
    /// What they stated, where it is still known.
    pub statement: Option<Box<str>>,
    /// When.
    pub at: Timestamp,
    /// From when on it says nothing any more.
    pub expires_at: Timestamp,
    /// Whether it says that the practice does not apply, rather than that it is done.
    pub not_applicable: bool,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

impl Attestation {
    /// Whether it speaks at an instant: from when it was signed until it expires or is withdrawn.
    #[must_use]
    pub fn lives(&self, at: Timestamp) -> bool {
        self.at <= at && at < self.expires_at && self.withdrawn_at.is_none_or(|withdrawn| at < withdrawn)
    }
}

//! The head: the newest samples, in memory.
//!
//! A series has a number, which is its place. It is found by the hash of its labels' text; mostly not even that is needed, since
//! senders send the series in the same order again, so the next one is the one behind the last.
//!
//! At some time all of the head is frozen: each chunk is packed, and what is in memory then is written to a block while new
//! samples come in behind it. When the block is there, the frozen chunks go, under the same lock.

mod append;
mod exemplars;
mod order;
mod postings;
mod senders;
mod series;

use std::collections::BTreeMap;

use evenkeel_labels::LabelSet;
use evenkeel_metric::Metadata;
use hashbrown::HashTable;

pub(crate) use append::Appending;
pub(crate) use exemplars::Exemplars;
pub(crate) use order::Order;
pub(crate) use postings::Postings;
pub(crate) use senders::{Sender, Senders};
use series::Sealer;
pub(crate) use series::{Outcome, Sealed, Series};

/// The newest samples.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) series: Vec<Series>,
    free: Vec<u32>,
    table: HashTable<(u32, u32)>,
    hasher: foldhash::quality::RandomState,
    pub(crate) postings: Postings,
    /// Series in the order in which they were created, for [`Order`].
    created: Vec<u32>,
    removals: u64,
    pub(crate) sealer: Sealer,
    pub(crate) exemplars: Exemplars,
    pub(crate) metadata: BTreeMap<Box<str>, Metadata>,
    /// The newest instant there ever was, also of what is in blocks.
    pub(crate) newest: i64,
    /// What is in no block.
    pub(crate) unwritten: Unwritten,
    pub(crate) senders: Senders,
    /// The oldest instant that came since this was asked last.
    pub(crate) oldest_new: i64,
}

/// What is in no block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unwritten {
    /// The oldest instant of it.
    pub(crate) oldest: i64,
    /// The instant of its first sample.
    pub(crate) since: Option<i64>,
    pub(crate) samples: u64,
}

impl Default for Unwritten {
    fn default() -> Self {
        Self { oldest: i64::MAX, since: None, samples: 0 }
    }
}

impl Head {
    pub(crate) fn new(exemplars: usize) -> Self {
        Self {
            series: Vec::new(),
            free: Vec::new(),
            table: HashTable::new(),
            hasher: foldhash::quality::RandomState::default(),
            postings: Postings::default(),
            created: Vec::new(),
            removals: 0,
            sealer: Sealer::default(),
            exemplars: Exemplars::new(exemplars),
            metadata: BTreeMap::new(),
            newest: i64::MIN,
            unwritten: Unwritten::default(),
            senders: Senders::default(),
            oldest_new: i64::MAX,
        }
    }

    /// The instant from which age counts: that of the newest sample, unless it is ahead of the clock. So neither a sender nor a
    /// clock that is wrong makes everything old at once.
    pub(crate) fn reference(&self, now: i64) -> i64 {
        if self.newest == i64::MIN { now } else { self.newest.min(now) }
    }

    /// How many series.
    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    /// The series with these labels; `guess` is looked at first.
    #[inline]
    pub(crate) fn find(&self, text: &str, guess: u32) -> Result<u32, u32> {
        if let Some(series) = self.series.get(guess as usize)
            && series.labels.encoded() == text
            && !text.is_empty()
        {
            return Ok(guess);
        }
        let hash = self.hash(text);
        let found = self.table.find(spread(hash), |(known, id)| {
            *known == hash && self.series.get(*id as usize).is_some_and(|series| series.labels.encoded() == text)
        });
        found.map(|(_, id)| *id).ok_or(hash)
    }

    #[expect(clippy::cast_possible_truncation, reason = "part of the hash")]
    fn hash(&self, text: &str) -> u32 {
        use std::hash::BuildHasher;
        self.hasher.hash_one(text) as u32
    }

    /// Reads a little of series that are likely to be needed next, so that the processor fetches all of them at once rather
    /// than one after the other when each is needed.
    pub(crate) fn touch(&self, from: u32, count: usize) {
        let range =
            (from as usize).min(self.series.len())..(from as usize).saturating_add(count).min(self.series.len());
        let mut read = 0u8;
        for series in self.series.get(range).unwrap_or_default() {
            let text = series.labels.encoded().as_bytes();
            read ^= text.last().copied().unwrap_or(0) ^ series.open.bytes().last().copied().unwrap_or(0);
        }
        std::hint::black_box(read);
    }

    /// Adds a series that was not found; blocks may have samples of it up to an instant.
    pub(crate) fn create(&mut self, labels: LabelSet, hash: u32, past: i64) -> u32 {
        let series = Series::new(labels, past);
        let id = self.free.pop().unwrap_or_else(|| u32::try_from(self.series.len()).unwrap_or(u32::MAX));
        self.postings.insert(id, &series.labels);
        match self.series.get_mut(id as usize) {
            Some(place) => *place = series,
            None => self.series.push(series),
        }
        self.table.insert_unique(spread(hash), (hash, id), |(hash, _)| spread(*hash));
        self.created.push(id);
        id
    }

    /// Lets nothing grow any more, and marks it as being written to a block; what [`Self::unfreeze`] needs.
    pub(crate) fn freeze(&mut self) -> Unwritten {
        for series in &mut self.series {
            series.freeze(&mut self.sealer);
        }
        std::mem::take(&mut self.unwritten)
    }

    /// No block was made: what was frozen is unwritten as before.
    pub(crate) fn unfreeze(&mut self, frozen: &Unwritten) {
        self.unwritten.samples += frozen.samples;
        self.unwritten.oldest = self.unwritten.oldest.min(frozen.oldest);
        self.unwritten.since = frozen.since.or(self.unwritten.since);
    }

    /// Forgets what was written to a block, and the series that had no sample after an instant.
    pub(crate) fn thaw(&mut self, idle_since: i64) {
        let mut gone = vec![false; self.series.len()];
        for (series, gone) in self.series.iter_mut().zip(&mut gone) {
            series.thaw();
            *gone = !series.labels.is_empty() && series.is_empty() && series.last() < idle_since;
        }
        if !gone.contains(&true) {
            return;
        }
        let is_gone = |id: u32| gone.get(id as usize).copied().unwrap_or(false);
        self.postings.remove(is_gone);
        self.table.retain(|(_, id)| !is_gone(*id));
        for id in (0u32..).take(self.series.len()).filter(|id| is_gone(*id)) {
            self.free.push(id);
            if let Some(series) = self.series.get_mut(id as usize) {
                self.senders.loses(series.sender);
                *series = Series::new(LabelSet::default(), i64::MIN);
            }
        }
        self.removals += 1;
        self.created =
            (0u32..).zip(&self.series).filter(|(_, series)| !series.labels.is_empty()).map(|(id, _)| id).collect();
    }

    /// About what the samples take that are in no block. Units: bytes.
    pub(crate) const fn grown(&self) -> u64 {
        // A sample takes two to three bytes while its chunk grows.
        self.unwritten.samples.saturating_mul(3)
    }

    /// How many chunks, those that grow counted in.
    pub(crate) fn chunks(&self) -> usize {
        self.series.iter().map(|series| series.sealed.len() + usize::from(series.open.count() > 0)).sum()
    }

    /// What series take in memory. Units: bytes.
    pub(crate) fn memory(&self) -> usize {
        self.series.iter().map(|series| size_of::<Series>() + series.memory()).sum()
    }
}

/// The hash table wants all bits of a hash; one of 32 bits is spread over them.
const fn spread(hash: u32) -> u64 {
    (hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

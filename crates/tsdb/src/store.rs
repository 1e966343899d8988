//! The store: what is appended, what is read, and what is done to keep it.

mod backup;
mod open;
mod upkeep;

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use evenkeel_labels::LabelSet;
use evenkeel_metric::Batch;
use evenkeel_time::Timestamp;
use hashbrown::HashTable;

use crate::Options;
use crate::block::Block;
use crate::folder::{Layout, Lock};
use crate::head::{Appending, Head, Order, Sender};
use crate::log::record::{self, SamplesWriter};
use crate::log::{AppendFault, Commit, Log};
use crate::past::Past;
use crate::querier::StoreQuerier;
use crate::refused::Appended;
use crate::status::{BlockStatus, StoreStatus};
pub use backup::{Copied, CopyFault, copy_store};
pub use upkeep::Work;

/// The store.
#[derive(Debug)]
pub struct Store {
    shared: Arc<Shared>,
}

/// What the store and those who read it have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) options: Options,
    pub(crate) layout: Layout,
    pub(crate) log: Log,
    state: RwLock<State>,
    order: Mutex<Order>,
    /// Labels of series in blocks, so that those of several blocks are kept once.
    known: Mutex<HashTable<LabelSet>>,
    upkeep: Mutex<upkeep::Upkeep>,
    _lock: Lock,
}

/// What changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) head: Head,
    /// By time.
    pub(crate) blocks: Arc<Vec<Arc<Block>>>,
    record: SamplesWriter,
}

impl Shared {
    pub(crate) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn change(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sorts series of the head by their labels.
    pub(crate) fn sort(&self, head: &Head, ids: &mut [u32]) {
        let mut order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        order.renew(head);
        order.sort(ids);
    }

    /// Labels as the head or another block has them, or else made and kept.
    pub(crate) fn shared_labels(&self, text: &str) -> Option<LabelSet> {
        {
            let state = self.state();
            if let Ok(id) = state.head.find(text, u32::MAX) {
                return state.head.series.get(id as usize).map(|series| series.labels.clone());
            }
        }
        let hash = |labels: &LabelSet| hash_of(labels.encoded());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(labels) = known.find(hash_of(text), |labels| labels.encoded() == text) {
            return Some(labels.clone());
        }
        let labels = LabelSet::from_encoded(text)?;
        known.insert_unique(hash_of(text), labels.clone(), hash);
        Some(labels)
    }

    fn forget_labels(&self) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = HashTable::new();
    }
}

fn hash_of(text: &str) -> u64 {
    use std::hash::BuildHasher;
    foldhash::quality::FixedState::with_seed(0).hash_one(text)
}

impl Store {
    /// Appends what the program itself makes, such as what rules record; as [`Self::append_from`], without the limits of a
    /// sender.
    ///
    /// # Errors
    /// As there.
    pub fn append(&self, batch: &Batch, now: Timestamp) -> Result<Appended, AppendFault> {
        self.append_as(None, batch, now)
    }

    /// Appends what a sender brings to the head and hands over to the log. Nothing is promised before [`Self::durable`] ended.
    ///
    /// # Errors
    /// [`AppendFault`] when the disk takes nothing. Nothing of the batch is appended then.
    pub fn append_from(&self, sender: &str, batch: &Batch, now: Timestamp) -> Result<Appended, AppendFault> {
        self.append_as(Some(sender), batch, now)
    }

    fn append_as(&self, sender: Option<&str>, batch: &Batch, now: Timestamp) -> Result<Appended, AppendFault> {
        let shared = &self.shared;
        if let Some(fault) = shared.log.fault() {
            return Err(fault);
        }
        let mut state = shared.change();
        let State { head, record, blocks } = &mut *state;
        let past = Past::new(Arc::clone(blocks));
        let segment = shared.log.segment();
        let sender = sender.map_or(Sender::NOBODY, |name| head.senders.named(name));
        let mut appending = Appending::new(head, &shared.options, sender, now.0, segment, record, past);
        appending.samples(batch);
        let (exemplars, exemplars_dropped) = appending.exemplars(batch);
        let metadata = appending.metadata(batch);
        let (written, duplicates, refused) = (appending.written, appending.duplicates, appending.refused);
        let commit = shared.log.push(&[record.record(), &exemplars, &metadata]);
        Ok(Appended { commit, written, duplicates, exemplars_dropped, refused })
    }

    /// Ends when what was appended is on the disk, as far as [`crate::Durability`] promises.
    ///
    /// # Errors
    /// [`AppendFault`] when the disk does not take it. It is in memory, can be read, and is written as soon as that is
    /// possible; but nobody should be told of success. Sending it again is right, and counts as duplicates.
    pub fn durable(&self, commit: Commit) -> impl Future<Output = Result<(), AppendFault>> + Send + 'static {
        self.shared.log.durable(commit)
    }

    /// As [`Self::durable`], and the thread waits.
    ///
    /// # Errors
    /// As there.
    pub fn wait_durable(&self, commit: Commit) -> Result<(), AppendFault> {
        self.shared.log.wait(commit)
    }

    /// The oldest instant of what was appended since this was asked last; `None`: nothing was. One reader may ask: whoever holds
    /// a part of the store has to read again from there.
    #[must_use]
    pub fn oldest_appended(&self) -> Option<Timestamp> {
        let oldest = std::mem::replace(&mut self.shared.change().head.oldest_new, i64::MAX);
        (oldest < i64::MAX).then_some(Timestamp(oldest))
    }

    /// The store as it is read. It can be kept and moved about, and sees what is appended later.
    #[must_use]
    pub fn querier(&self) -> StoreQuerier {
        StoreQuerier(Arc::clone(&self.shared))
    }

    /// How the store is.
    #[must_use]
    pub fn status(&self) -> StoreStatus {
        let (commit, all_durable) = self.shared.log.state();
        let fault = self.shared.log.fault();
        // The folder is looked at first: nobody who appends waits for that.
        let log_bytes = crate::folder::size_bytes(&self.shared.layout.log);
        let state = self.shared.state();
        let head = &state.head;
        let blocks = state.blocks.iter().map(|block| BlockStatus {
            name: block.name.clone(),
            from: Timestamp(block.footer.min),
            until: Timestamp(block.footer.max),
            series: block.footer.series,
            samples: block.footer.samples,
            chunks: block.footer.chunks,
            level: block.footer.level,
            size_bytes: block.size_bytes,
            memory_bytes: block.memory() as u64,
            damage: block.damage.clone(),
        });
        StoreStatus {
            head_series: head.len(),
            head_chunks: head.chunks(),
            head_samples: head.unwritten.samples,
            head_from: (head.unwritten.samples > 0).then_some(Timestamp(head.unwritten.oldest)),
            newest: (head.newest > i64::MIN).then_some(Timestamp(head.newest)),
            head_bytes: head.memory() as u64,
            label_pairs: head.postings.pairs(),
            exemplars: head.exemplars.len(),
            log_bytes,
            log_segment: self.shared.log.segment(),
            commit,
            all_durable,
            fault,
            blocks: blocks.collect(),
        }
    }

    /// The labels with the most values among the series of the head, and how many they have; the greatest first.
    #[must_use]
    pub fn largest_labels(&self, most: usize) -> Vec<(Box<str>, usize)> {
        let state = self.shared.state();
        let postings = &state.head.postings;
        let mut labels: Vec<(Box<str>, usize)> =
            postings.names().map(|name| (name.into(), postings.count(name))).collect();
        labels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        labels.truncate(most);
        labels
    }

    /// The values of a label with the most series in the head, and how many they have; the greatest first.
    #[must_use]
    pub fn largest_values(&self, name: &str, most: usize) -> Vec<(Box<str>, usize)> {
        let state = self.shared.state();
        let mut values: Vec<(Box<str>, usize)> =
            state.head.postings.values(name, "").map(|(value, series)| (value.into(), series.len())).collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        values.truncate(most);
        values
    }
}

impl State {
    /// What the log has to say again at the beginning of a segment, since the segments before it go.
    fn records_again(&self) -> [Vec<u8>; 2] {
        let mut records = [Vec::new(), Vec::new()];
        let [exemplars, metadata] = &mut records;
        if self.head.exemplars.len() > 0 {
            record::put_exemplars(self.head.exemplars.iter().map(|(labels, exemplar)| (labels, exemplar)), exemplars);
        }
        if !self.head.metadata.is_empty() {
            record::put_metadata(self.head.metadata.iter().map(|(name, known)| (name.as_ref(), known)), metadata);
        }
        records
    }
}

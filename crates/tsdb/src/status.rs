//! How a store is, for people and for its own metrics.

use evenkeel_metric::ReadFault;
use evenkeel_time::Timestamp;

use crate::log::{AppendFault, Commit};

/// How a store is.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreStatus {
    /// Series in the head.
    pub head_series: usize,
    /// Chunks in the head, those that grow counted in.
    pub head_chunks: usize,
    /// Samples that are in no block.
    pub head_samples: u64,
    /// The oldest of them.
    pub head_from: Option<Timestamp>,
    /// The newest sample of all.
    pub newest: Option<Timestamp>,
    /// What series and their samples take in memory.
    pub head_bytes: u64,
    /// Labels of the head: each name with each value.
    pub label_pairs: usize,
    /// Exemplars that are kept.
    pub exemplars: usize,
    /// What the log takes on disk.
    pub log_bytes: u64,
    /// The segment that is written to.
    pub log_segment: u64,
    /// The last commit.
    pub commit: Commit,
    /// Whether everything up to it is on the disk.
    pub all_durable: bool,
    /// Why nothing is taken at the moment.
    pub fault: Option<AppendFault>,
    /// The blocks, by time.
    pub blocks: Vec<BlockStatus>,
}

/// How a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockStatus {
    /// Its file.
    pub name: Box<str>,
    /// Its first sample.
    pub from: Timestamp,
    /// Its last sample.
    pub until: Timestamp,
    /// How many series.
    pub series: u64,
    /// How many samples.
    pub samples: u64,
    /// How many chunks.
    pub chunks: u64,
    /// How often what it holds was joined.
    pub level: u64,
    /// What it takes on disk.
    pub size_bytes: u64,
    /// What its index takes in memory; 0: it was not needed for a while.
    pub memory_bytes: u64,
    /// Why nothing of it can be read.
    pub damage: Option<ReadFault>,
}

//! How a store is kept: where, for how long, how much, how safely.

use std::path::PathBuf;

use evenkeel_time::Duration;

/// How a store is kept.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds it; made when it is not there.
    pub folder: PathBuf,
    /// How long samples are kept.
    pub retention: Duration,
    /// How much room blocks may take; the oldest go first. Units: bytes.
    pub retention_bytes: Option<u64>,
    /// What is refused.
    pub limits: Limits,
    /// How far behind the newest sample one may be that is older than the last of its series.
    pub out_of_order: Duration,
    /// What an answer of success promises.
    pub durability: Durability,
    /// How much time the head holds before it becomes a block.
    pub head_span: Duration,
    /// How much the samples of the head may take before it becomes a block. Units: bytes.
    pub head_bytes: u64,
    /// The most time that one block holds.
    pub block_span: Duration,
    /// Exemplars that are kept, the newest of all series.
    pub exemplars: usize,
}

impl Options {
    /// The usual ones.
    #[must_use]
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            retention: Duration::hours(15 * 24),
            retention_bytes: None,
            limits: Limits::default(),
            out_of_order: Duration::minutes(30),
            durability: Durability::default(),
            head_span: Duration::hours(2),
            head_bytes: 192 << 20,
            block_span: Duration::hours(40),
            exemplars: 10_000,
        }
    }
}

/// What an answer of success promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// It is on the disk: one `fsync` for all appends that wait.
    #[default]
    GroupCommit,
    /// It was handed to the operating system: it survives the end of this process, and not always that of the machine.
    Relaxed,
}

/// What is refused. Each series that is over a limit is refused alone; the rest of a batch is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Series in the head.
    pub series_max: usize,
    /// Labels of one series.
    pub labels_max: usize,
    /// Bytes of a label's name.
    pub label_name_bytes_max: usize,
    /// Bytes of a label's value.
    pub label_value_bytes_max: usize,
    /// What each sender may.
    pub sender: SenderLimits,
    /// How far a sample may be ahead of the clock.
    pub future: Duration,
    /// Buckets of one native histogram.
    pub histogram_buckets_max: usize,
    /// Metrics of which something is known besides samples.
    pub metadata_max: usize,
}

/// What one sender may, of all that come. `None`: as many as come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SenderLimits {
    /// Series in the head that this sender brought.
    pub series_max: Option<usize>,
    /// Samples in a second, over ten seconds.
    pub samples_per_second_max: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            series_max: 2_000_000,
            labels_max: 64,
            label_name_bytes_max: 1_024,
            label_value_bytes_max: 4_096,
            sender: SenderLimits::default(),
            future: Duration::hours(24),
            histogram_buckets_max: 1_000,
            metadata_max: 20_000,
        }
    }
}

//! What became of a batch: what was written, what was there already, what was refused and why.

use std::fmt;

use crate::log::Commit;

/// What became of a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Appended {
    /// What has to be durable before the sender is told of success.
    pub commit: Commit,
    /// Samples and histograms that were written.
    pub written: u64,
    /// Samples that were there already, with the same value.
    pub duplicates: u64,
    /// Exemplars that were not kept, since their series is not there.
    pub exemplars_dropped: u64,
    /// What was refused, by series, in their order in the batch.
    pub refused: Vec<Refused>,
}

/// Samples of a series that were refused for one reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The labels of the series, in their encoded text; what cannot be read as labels is left as it came.
    pub labels: Box<str>,
    /// Why.
    pub reason: Reason,
    /// How many samples.
    pub samples: u64,
}

/// Why samples are refused. None of them is better when it is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Older than the last of its series, and further behind the newest of all than the window.
    TooOld,
    /// Older than anything the store keeps.
    PastRetention,
    /// Further ahead of the clock than is allowed.
    TooFarAhead,
    /// The series has another value at that instant.
    Duplicate,
    /// A series without a label, or labels that are not sorted.
    Labels,
    /// Too many labels.
    TooManyLabels {
        /// How many.
        found: usize,
        /// How many may be.
        most: usize,
    },
    /// The name of a label is too long.
    LongName {
        /// Its beginning.
        label: Box<str>,
        /// How long it may be. Units: bytes.
        most: usize,
    },
    /// The value of a label is too long.
    LongValue {
        /// The label.
        label: Box<str>,
        /// How long it may be. Units: bytes.
        most: usize,
    },
    /// There are too many series.
    TooManySeries {
        /// The label of this series that has the most values, those first that no other series has.
        label: Box<str>,
        /// How many values it has.
        values: usize,
        /// How many series there may be.
        most: usize,
    },
    /// This sender has too many series.
    TooManyOfSender {
        /// As in [`Self::TooManySeries`].
        label: Box<str>,
        /// How many values it has, whoever sent them.
        values: usize,
        /// How many series a sender may have.
        most: usize,
    },
    /// More samples a second of one sender than are allowed.
    TooFast {
        /// How many may come in a second.
        most: u64,
    },
    /// The histogram has too many buckets, or ones that do not fit its spans.
    Buckets,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooOld => {
                f.write_str("too old: older than the last sample of its series, and than the out-of-order window")
            }
            Self::PastRetention => f.write_str("too old: older than what is kept"),
            Self::TooFarAhead => f.write_str("too far in the future"),
            Self::Duplicate => f.write_str("duplicate sample: the series has another value at this timestamp"),
            Self::Labels => f.write_str("no labels, or labels out of order"),
            Self::TooManyLabels { found, most } => write!(f, "{found} labels, {most} are allowed"),
            Self::LongName { label, most } => write!(f, "the name of label `{label}…` is longer than {most} bytes"),
            Self::LongValue { label, most } => write!(f, "the value of label `{label}` is longer than {most} bytes"),
            Self::TooManySeries { label, values, most } => {
                write!(f, "{most} series are there, which is the limit; label `{label}` has {values} values")
            }
            Self::TooManyOfSender { label, values, most } => write!(
                f,
                "{most} series of this sender are there, which is its limit; label `{label}` has {values} values"
            ),
            Self::TooFast { most } => write!(f, "more than {most} samples a second of this sender"),
            Self::Buckets => {
                f.write_str("a histogram with too many buckets, or with buckets that do not fit its spans")
            }
        }
    }
}

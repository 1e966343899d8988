//! What was not taken of a request, and why.

use std::fmt;

/// A series, or one histogram or exemplar of it, that was not taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The series' labels as they were sent, for people; cut when long.
    pub series: Box<str>,
    /// Why.
    pub reason: Reason,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "series {}: {}", self.series, self.reason)
    }
}

/// Why something was not taken.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Reason {
    /// No `__name__`, or an empty one.
    #[error("it has no metric name (`__name__`)")]
    NoMetricName,
    /// A label with an empty name.
    #[error("a label has an empty name; its value is `{0}`")]
    EmptyName(Box<str>),
    /// The same label twice.
    #[error("label `{0}` is there more than once")]
    Repeated(Box<str>),
    /// A name that is not text.
    #[error("label name `{0}` is not valid UTF-8")]
    NameNotText(Box<str>),
    /// A value that is not text.
    #[error("label `{0}` has a value that is not valid UTF-8")]
    ValueNotText(Box<str>),
    /// Too many labels.
    #[error("it has {found} labels; at most {most} are taken")]
    LabelsTooMany {
        /// How many there are.
        found: usize,
        /// How many are allowed.
        most: usize,
    },
    /// A long name.
    #[error("label name `{label}` has {found} bytes; at most {most} are taken")]
    NameTooLong {
        /// Its beginning.
        label: Box<str>,
        /// Its length in bytes.
        found: usize,
        /// What is allowed.
        most: usize,
    },
    /// A long value.
    #[error("label `{label}` has a value of {found} bytes; at most {most} are taken")]
    ValueTooLong {
        /// The label's name.
        label: Box<str>,
        /// The value's length in bytes.
        found: usize,
        /// What is allowed.
        most: usize,
    },
    /// Version 2.0: a reference to a symbol that is not there.
    #[error("a label refers to symbol {reference}, and the request has {symbols}")]
    NoSymbol {
        /// The reference.
        reference: u64,
        /// How many symbols there are.
        symbols: usize,
    },
    /// Version 2.0: a name without a value.
    #[error("its {0} label references are not pairs of a name and a value")]
    Unpaired(usize),
    /// A histogram that is none.
    #[error("the native histogram at {at} {fault}")]
    Histogram {
        /// Its time in milliseconds since 1970.
        at: i64,
        /// What is wrong.
        fault: HistogramFault,
    },
    /// An exemplar whose labels cannot be kept.
    #[error("the exemplar at {at} has labels of {found} bytes; at most {most} are taken")]
    ExemplarTooLong {
        /// Its time in milliseconds since 1970.
        at: i64,
        /// The length of its names and values in bytes.
        found: usize,
        /// What is allowed.
        most: usize,
    },
    /// An exemplar whose labels are none.
    #[error("the exemplar at {at}: {reason}")]
    Exemplar {
        /// Its time in milliseconds since 1970.
        at: i64,
        /// What is wrong.
        reason: Box<Self>,
    },
}

/// Why a native histogram is none.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum HistogramFault {
    /// Spans, counts and bounds do not fit each other.
    #[error("is none: {0}")]
    Invalid(evenkeel_metric::HistogramFault),
    /// A bucket of integers falls below zero.
    #[error("has a bucket with a count below zero")]
    NegativeBucket,
    /// Buckets of integers and the whole do not fit.
    #[error("counts {count} observations, and {buckets} in its buckets")]
    Count {
        /// As it says.
        count: u64,
        /// The sum of its buckets.
        buckets: u64,
    },
}

/// What was not taken, counted, and the first of it named.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Refusals {
    /// The first ones.
    pub first: Vec<Refused>,
    /// How many there are in all.
    pub count: u64,
    /// Numbers that went with them.
    pub samples: u64,
    /// Native histograms that went with them.
    pub histograms: u64,
    /// Exemplars that went with them.
    pub exemplars: u64,
}

/// How many are named: an answer stays short, and so does what a log says of it.
const NAMED_MAX: usize = 8;
/// How much of a series' labels is shown, and of a label that is too long. Units: bytes.
const SERIES_SHOWN_BYTES_MAX: usize = 300;
const LABEL_SHOWN_BYTES_MAX: usize = 60;

impl Refusals {
    /// Whether everything was taken.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Counts one more; the series is described only when it is named.
    pub(crate) fn add(&mut self, reason: Reason, series: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < NAMED_MAX {
            self.first.push(Refused { series: cut(series(), SERIES_SHOWN_BYTES_MAX), reason });
        }
    }
}

impl fmt::Display for Refusals {
    /// One line for each that is named, and one for the rest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, refused) in self.first.iter().enumerate() {
            let line = if index == 0 { "" } else { "\n" };
            write!(f, "{line}{refused}")?;
        }
        match self.count.saturating_sub(self.first.len() as u64) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

/// A label's name or value that is shown in a reason.
pub(crate) fn shown(bytes: &[u8]) -> Box<str> {
    // Cut first: what is too long must not be copied to be said.
    let beginning = bytes.get(..LABEL_SHOWN_BYTES_MAX + 4).unwrap_or(bytes);
    cut(String::from_utf8_lossy(beginning).into_owned(), LABEL_SHOWN_BYTES_MAX)
}

fn cut(mut text: String, most: usize) -> Box<str> {
    if text.len() > most {
        let end = (0..=most).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text.into()
}

//! The port by which series are read, whoever keeps them.

use evenkeel_labels::{LabelSet, Matcher};
use evenkeel_time::Timestamp;

use crate::{Column, Exemplar, Metadata};

/// Which series are read, and of when: later than `after`, and not later than `until`.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// All of them must fit. A series without a label has the empty value.
    pub matchers: Vec<Matcher>,
    /// The instant before the first that is read.
    pub after: Timestamp,
    /// The last instant that is read.
    pub until: Timestamp,
}

/// Why nothing can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// What is kept is damaged.
    #[error("{file} is damaged at byte {offset}: {what}")]
    Damaged {
        /// The file.
        file: Box<str>,
        /// The place in it.
        offset: u64,
        /// What was found.
        what: Box<str>,
    },
    /// More series than one question may have.
    #[error("the selector finds {found} series; one question may read {most}")]
    TooManySeries {
        /// How many there are at least.
        found: usize,
        /// How many are allowed.
        most: usize,
    },
    /// What keeps the series does not answer, or not rightly.
    #[error("the store does not answer: {0}")]
    Unavailable(Box<str>),
}

/// A store of series that can be asked. Answers are of one state of it, and the same for the same state.
pub trait Querier: Send + Sync {
    /// The series that a selection finds and that have samples in its time.
    ///
    /// # Errors
    /// [`ReadFault`].
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault>;

    /// The names of the labels of the series that a selection finds, sorted.
    ///
    /// # Errors
    /// [`ReadFault`].
    fn label_names(&self, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault>;

    /// The values that a label has among the series that a selection finds, sorted.
    ///
    /// # Errors
    /// [`ReadFault`].
    fn label_values(&self, name: &str, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault>;

    /// The exemplars of the series that a selection finds, by series, in the order of time.
    ///
    /// # Errors
    /// [`ReadFault`].
    fn exemplars(&self, selection: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault>;

    /// What is known of metrics, by name; of one of them when it is named.
    ///
    /// # Errors
    /// [`ReadFault`].
    fn metadata(&self, metric: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault>;
}

/// The series that a selection found.
pub trait Selected: Send + Sync {
    /// The labels of each, in their order; each once.
    fn labels(&self) -> &[LabelSet];

    /// The samples of the series at that place among the labels, appended to a column; those of the selection's time alone.
    /// It may find none.
    ///
    /// # Errors
    /// [`ReadFault`].
    fn read(&self, place: usize, into: &mut Column) -> Result<(), ReadFault>;
}

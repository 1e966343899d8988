//! A bar of verdicts, each as long as its share.

use evenkeel_lens::Counts;

use crate::mark::{tally, tally_words};

/// A bar.
pub(super) struct Bar {
    pub(super) parts: Vec<BarPart>,
    /// The same in words.
    pub(super) label: String,
}

/// One verdict in it.
pub(super) struct BarPart {
    pub(super) slug: &'static str,
    pub(super) count: u64,
}

impl Bar {
    pub(super) fn of(counts: &Counts) -> Self {
        let parts = tally(counts).into_iter().map(|(mark, count)| BarPart { slug: mark.slug(), count });
        Self { parts: parts.collect(), label: tally_words(counts) }
    }
}

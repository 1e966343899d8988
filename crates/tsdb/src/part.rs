//! What one part of the store, the head or a block, has for a selection; and parts joined to one answer.

use std::cmp::Ordering;

use evenkeel_labels::LabelSet;

use crate::selected::{Found, Source};

/// Series in the order of their labels, and their chunks.
#[derive(Debug, Default)]
pub(crate) struct Part {
    labels: Vec<LabelSet>,
    ends: Vec<usize>,
    pub(crate) sources: Vec<Source>,
}

impl Part {
    pub(crate) fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Whether sources were added since the last series ended.
    pub(crate) fn has_more(&self) -> bool {
        self.sources.len() > self.ends.last().copied().unwrap_or(0)
    }

    /// The sources that were added belong to this series.
    pub(crate) fn end_series(&mut self, labels: LabelSet) {
        self.labels.push(labels);
        self.ends.push(self.sources.len());
    }
}

/// A part from which series are taken.
struct Rest {
    labels: Vec<LabelSet>,
    ends: Vec<usize>,
    sources: std::vec::IntoIter<Source>,
    /// The series that comes next.
    at: usize,
    taken: usize,
}

/// Joins parts. The sources of a series come in the order of the parts.
pub(crate) fn join(parts: Vec<Part>, found: &mut Found) {
    let mut rests: Vec<Rest> = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| Rest { labels: part.labels, ends: part.ends, sources: part.sources.into_iter(), at: 0, taken: 0 })
        .collect();
    let mut next: Vec<usize> = Vec::with_capacity(rests.len());
    while let Some(labels) = next_series(&rests, &mut next) {
        for place in &next {
            let Some(rest) = rests.get_mut(*place) else { continue };
            let end = rest.ends.get(rest.at).copied().unwrap_or(rest.taken);
            found.sources_of_next(rest.sources.by_ref().take(end - rest.taken));
            rest.taken = end;
            rest.at += 1;
        }
        found.end_series(labels);
    }
}

/// The labels of the series that comes next, and the parts that have it.
fn next_series(rests: &[Rest], next: &mut Vec<usize>) -> Option<LabelSet> {
    next.clear();
    let mut least: Option<&LabelSet> = None;
    for (place, rest) in rests.iter().enumerate() {
        let Some(labels) = rest.labels.get(rest.at) else { continue };
        match least.map_or(Ordering::Less, |least| compare(labels, least)) {
            Ordering::Equal => next.push(place),
            Ordering::Less => {
                next.clear();
                next.push(place);
                least = Some(labels);
            }
            Ordering::Greater => {}
        }
    }
    least.cloned()
}

/// Most parts have the same series, which lie in memory once, so most comparisons end here.
fn compare(a: &LabelSet, b: &LabelSet) -> Ordering {
    if std::ptr::eq(a.encoded(), b.encoded()) || a == b { Ordering::Equal } else { a.cmp(b) }
}

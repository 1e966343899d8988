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
    labels: std::iter::Peekable<std::vec::IntoIter<LabelSet>>,
    ends: std::vec::IntoIter<usize>,
    sources: std::vec::IntoIter<Source>,
    taken: usize,
}

/// Joins parts. The sources of a series come in the order of the parts.
pub(crate) fn join(parts: Vec<Part>, found: &mut Found) {
    let mut rests: Vec<Rest> = parts
        .into_iter()
        .map(|part| Rest {
            labels: part.labels.into_iter().peekable(),
            ends: part.ends.into_iter(),
            sources: part.sources.into_iter(),
            taken: 0,
        })
        .collect();
    let mut next: Vec<usize> = Vec::with_capacity(rests.len());
    loop {
        next_series(&mut rests, &mut next);
        let mut labels = None;
        let mut sources = Vec::new();
        for place in &next {
            let Some(rest) = rests.get_mut(*place) else { continue };
            labels = rest.labels.next().or(labels);
            let end = rest.ends.next().unwrap_or(rest.taken);
            sources.extend(rest.sources.by_ref().take(end - rest.taken));
            rest.taken = end;
        }
        match labels {
            Some(labels) => found.series(labels, sources),
            None => break,
        }
    }
}

/// The parts that have the series that comes next.
fn next_series(rests: &mut [Rest], next: &mut Vec<usize>) {
    next.clear();
    let mut least: Option<LabelSet> = None;
    for (place, rest) in rests.iter_mut().enumerate() {
        let Some(labels) = rest.labels.peek() else { continue };
        match least.as_ref().map_or(Ordering::Less, |least| compare(labels, least)) {
            Ordering::Equal => next.push(place),
            Ordering::Less => {
                next.clear();
                next.push(place);
                least = Some(labels.clone());
            }
            Ordering::Greater => {}
        }
    }
}

/// Most parts have the same series, which lie in memory once, so most comparisons end here.
fn compare(a: &LabelSet, b: &LabelSet) -> Ordering {
    if std::ptr::eq(a.encoded(), b.encoded()) || a == b { Ordering::Equal } else { a.cmp(b) }
}

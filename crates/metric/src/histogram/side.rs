//! The buckets of one side of zero: an index and a count each.

use super::bounds::{exponential_bound, upper_bound};
use super::count::Count;
use crate::{CUSTOM_BUCKETS_SCHEMA, Span};

/// Spans and the counts of their buckets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Side<C> {
    pub(super) spans: Vec<Span>,
    pub(super) counts: Vec<C>,
}

/// Spans and counts that someone else holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Borrowed<'a, C> {
    pub(super) spans: &'a [Span],
    pub(super) counts: &'a [C],
}

/// Index and count of each bucket.
#[derive(Debug, Clone)]
pub(super) struct Indexed<'a, C> {
    spans: std::slice::Iter<'a, Span>,
    counts: std::slice::Iter<'a, C>,
    left: u32,
    next: i32,
}

impl<C: Copy> Iterator for Indexed<'_, C> {
    type Item = (i32, C);

    fn next(&mut self) -> Option<(i32, C)> {
        while self.left == 0 {
            let span = self.spans.next()?;
            self.next = self.next.saturating_add(span.offset);
            self.left = span.length;
        }
        let count = *self.counts.next()?;
        let index = self.next;
        self.next = index.saturating_add(1);
        self.left -= 1;
        Some((index, count))
    }
}

/// Index and count of each bucket, the last first.
#[derive(Debug, Clone)]
pub(super) struct IndexedBack<'a> {
    spans: std::iter::Rev<std::slice::Iter<'a, Span>>,
    counts: std::iter::Rev<std::slice::Iter<'a, f64>>,
    left: u32,
    /// The gap before the span that is being read.
    gap: i32,
    /// Behind the bucket that comes next.
    end: i32,
}

impl Iterator for IndexedBack<'_> {
    type Item = (i32, f64);

    fn next(&mut self) -> Option<(i32, f64)> {
        while self.left == 0 {
            let span = self.spans.next()?;
            self.end = self.end.saturating_sub(self.gap);
            (self.left, self.gap) = (span.length, span.offset);
        }
        let count = *self.counts.next()?;
        self.end = self.end.saturating_sub(1);
        self.left -= 1;
        Some((self.end, count))
    }
}

impl<'a, C: Count> Borrowed<'a, C> {
    pub(super) fn indexed(self) -> Indexed<'a, C> {
        Indexed { spans: self.spans.iter(), counts: self.counts.iter(), left: 0, next: 0 }
    }

    /// Those whose upper bound is above a threshold; custom buckets are all of them.
    pub(super) fn above(self, threshold: f64, schema: i32) -> impl Iterator<Item = (i32, C)> {
        self.indexed().skip_while(move |(index, _)| {
            schema != CUSTOM_BUCKETS_SCHEMA && exponential_bound(*index, schema) <= threshold
        })
    }

    /// The same observations in wider buckets.
    pub(super) fn reduced(self, schema: i32, target: i32) -> Side<C> {
        let by = schema.saturating_sub(target).clamp(0, 31);
        let mut writer = Writer::default();
        for (index, count) in self.indexed() {
            writer.push((index.saturating_sub(1) >> by) + 1, count);
        }
        writer.side
    }

    /// The counts by other custom bounds, all of which are among these; one more than bounds.
    pub(super) fn by_bounds(self, bounds: &[f64], target: &[f64]) -> Vec<C> {
        let mut counts = vec![C::ZERO; target.len() + 1];
        let mut place = 0;
        for (index, count) in self.indexed() {
            let upper = upper_bound(index, CUSTOM_BUCKETS_SCHEMA, bounds);
            while target.get(place).is_some_and(|bound| *bound < upper) {
                place += 1;
            }
            if let Some(into) = counts.get_mut(place) {
                *into = into.with(count);
            }
        }
        counts
    }
}

impl<'a> Borrowed<'a, f64> {
    pub(super) fn indexed_back(self) -> IndexedBack<'a> {
        let length = |span: &Span| i32::try_from(span.length).unwrap_or(i32::MAX);
        let end =
            self.spans.iter().fold(0_i32, |end, span| end.saturating_add(span.offset).saturating_add(length(span)));
        IndexedBack { spans: self.spans.iter().rev(), counts: self.counts.iter().rev(), left: 0, gap: 0, end }
    }
}

/// Writes buckets in the order of their indices.
#[derive(Debug)]
pub(super) struct Writer<C> {
    pub(super) side: Side<C>,
    /// The index behind the last bucket.
    next: i32,
}

impl<C> Default for Writer<C> {
    fn default() -> Self {
        Self { side: Side { spans: Vec::new(), counts: Vec::new() }, next: 0 }
    }
}

impl<C: Count> Writer<C> {
    /// Appends a bucket. One that is not later than the last is counted in that one.
    pub(super) fn push(&mut self, index: i32, count: C) {
        match (self.side.spans.last_mut(), self.side.counts.last_mut()) {
            (Some(_), Some(last)) if index < self.next => {
                *last = last.with(count);
                return;
            }
            (Some(span), _) if index == self.next => span.length += 1,
            _ => self.side.spans.push(Span { offset: index.saturating_sub(self.next), length: 1 }),
        }
        self.side.counts.push(count);
        self.next = index.saturating_add(1);
    }
}

impl<C: Count> Side<C> {
    pub(super) fn borrowed(&self) -> Borrowed<'_, C> {
        Borrowed { spans: &self.spans, counts: &self.counts }
    }

    /// Adds buckets of the same schema. Those that end at the threshold or below are in the zero bucket, and left out.
    pub(super) fn add(&mut self, other: Borrowed<'_, f64>, schema: i32, threshold: f64, sign: f64) {
        let mut theirs = other.above(threshold, schema).peekable();
        let first = |(index, _): (i32, f64)| Some(index) == other.spans.first().map(|span| span.offset);
        if self.spans == other.spans && theirs.peek().copied().is_none_or(first) {
            for (mine, count) in self.counts.iter_mut().zip(other.counts) {
                *mine = mine.plus(sign * count);
            }
            return;
        }
        let mut writer = Writer::default();
        for (index, mine) in self.borrowed().indexed() {
            while let Some((before, count)) = theirs.next_if(|(their, _)| *their < index) {
                writer.push(before, C::ZERO.plus(sign * count));
            }
            let both = theirs.next_if(|(their, _)| *their == index);
            writer.push(index, both.map_or(mine, |(_, count)| mine.plus(sign * count)));
        }
        for (index, count) in theirs {
            writer.push(index, C::ZERO.plus(sign * count));
        }
        *self = writer.side;
    }

    /// Leaves out empty buckets, but for up to so many between two that are not.
    pub(super) fn compact(&mut self, empty_max: usize) {
        let apart = |span: &Span| usize::try_from(span.offset).is_ok_and(|offset| offset > empty_max);
        let whole = self.spans.iter().all(|span| span.length > 0) && self.spans.iter().skip(1).all(apart);
        if whole && !self.counts.iter().any(|count| count.is_zero()) {
            return;
        }
        let mut writer = Writer::default();
        for (index, count) in self.borrowed().indexed().filter(|(_, count)| !count.is_zero()) {
            let gap = usize::try_from(i64::from(index) - i64::from(writer.next)).unwrap_or(0);
            if !writer.side.counts.is_empty() && gap <= empty_max {
                for empty in writer.next..index {
                    writer.push(empty, C::ZERO);
                }
            }
            writer.push(index, count);
        }
        *self = writer.side;
    }

    /// Keeps the buckets whose index passes.
    pub(super) fn retain(&mut self, keep: impl Fn(i32) -> bool) {
        let mut writer = Writer::default();
        for (index, count) in self.borrowed().indexed().filter(|(index, _)| keep(*index)) {
            writer.push(index, count);
        }
        *self = writer.side;
    }
}

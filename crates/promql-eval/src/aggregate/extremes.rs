//! `count`, `group`, `min`, `max`.

use super::{Accumulator, Context};
use crate::labels::Labels;
use crate::row::{ABSENT, Row, is_absent};

/// How many values there are.
pub(super) struct Count(Vec<f64>);

impl Count {
    pub(super) fn new(count: usize) -> Self {
        Self(vec![0.0; count])
    }
}

impl Accumulator for Count {
    fn add(&mut self, _: &Context<'_, '_>, _: &Labels, row: &Row) {
        for (slot, value) in self.0.iter_mut().zip(&row.values) {
            *slot += if is_absent(*value) { 0.0 } else { 1.0 };
        }
        for (slot, histogram) in self.0.iter_mut().zip(&row.histograms) {
            *slot += if histogram.is_some() { 1.0 } else { 0.0 };
        }
    }

    fn join(&mut self, other: Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(slot, more)| *slot += more);
    }

    fn finish(self, _: &Context<'_, '_>, into: &mut Row) {
        into.values = self.0;
        into.map(|count| if count == 0.0 { ABSENT } else { count });
    }
}

/// 1 where there is a value.
pub(super) struct Group(pub(super) Count);

impl Accumulator for Group {
    fn add(&mut self, cx: &Context<'_, '_>, labels: &Labels, row: &Row) {
        self.0.add(cx, labels, row);
    }

    fn join(&mut self, other: Self) {
        self.0.join(other.0);
    }

    fn finish(self, cx: &Context<'_, '_>, into: &mut Row) {
        self.0.finish(cx, into);
        into.map(|_| 1.0);
    }
}

/// The least or the largest number. NaN counts only where there is nothing else.
pub(super) struct Extreme {
    most: bool,
    values: Vec<f64>,
}

impl Extreme {
    pub(super) fn least(count: usize) -> Self {
        Self { most: false, values: vec![ABSENT; count] }
    }

    pub(super) fn most(count: usize) -> Self {
        Self { most: true, values: vec![ABSENT; count] }
    }

    fn gather_all(&mut self, values: &[f64]) {
        if self.most {
            self.gather(values, |value, slot| value > slot);
        } else {
            self.gather(values, |value, slot| value < slot);
        }
    }

    #[inline]
    fn gather(&mut self, values: &[f64], beats: impl Fn(f64, f64) -> bool) {
        for (slot, value) in self.values.iter_mut().zip(values) {
            // What is absent is NaN too, so that the first value takes its place.
            if !is_absent(*value) && (beats(*value, *slot) || slot.is_nan()) {
                *slot = *value;
            }
        }
    }
}

impl Accumulator for Extreme {
    fn add(&mut self, cx: &Context<'_, '_>, _: &Labels, row: &Row) {
        cx.remark_ignored(row);
        self.gather_all(&row.values);
    }

    fn join(&mut self, other: Self) {
        self.gather_all(&other.values);
    }

    fn finish(self, _: &Context<'_, '_>, into: &mut Row) {
        into.values = self.values;
    }
}

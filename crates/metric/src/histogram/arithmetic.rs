//! Histograms added, taken away, multiplied, and made coarser.

use super::cells::Cells;
use super::side::Side;
use super::{Added, Incompatible};
use crate::{Histogram, ResetHint};

impl Histogram {
    /// Adds a histogram, in the coarser of both schemas.
    ///
    /// # Errors
    /// [`Incompatible`] when one has custom buckets and the other has not; it is left as it was.
    pub fn add(&mut self, other: &Self) -> Result<Added, Incompatible> {
        self.combine(other, 1.0)
    }

    /// Takes a histogram away, in the coarser of both schemas. Counts may become negative, and the hint is that of a sum.
    ///
    /// # Errors
    /// [`Incompatible`] when one has custom buckets and the other has not; it is left as it was.
    pub fn sub(&mut self, other: &Self) -> Result<Added, Incompatible> {
        self.combine(other, -1.0)
    }

    fn combine(&mut self, other: &Self, sign: f64) -> Result<Added, Incompatible> {
        let mut cells = Cells::from(std::mem::take(self));
        let added = cells.add(other, sign);
        *self = cells.into();
        added
    }

    /// Multiplies all counts and the sum. A negative factor makes a gauge of it.
    pub fn mul(&mut self, factor: f64) {
        self.scale(|count| count * factor, factor);
    }

    /// Divides all counts and the sum. A negative divisor makes a gauge of it; by zero, no bucket is left.
    pub fn div(&mut self, divisor: f64) {
        self.scale(|count| count / divisor, divisor);
        if divisor == 0.0 {
            self.positive_spans.clear();
            self.positive_counts.clear();
            self.negative_spans.clear();
            self.negative_counts.clear();
        }
    }

    fn scale(&mut self, change: impl Fn(f64) -> f64, by: f64) {
        let sides = self.positive_counts.iter_mut().chain(&mut self.negative_counts);
        for count in sides.chain([&mut self.zero_count, &mut self.count, &mut self.sum]) {
            *count = change(*count);
        }
        if by < 0.0 {
            self.reset_hint = ResetHint::Gauge;
        }
    }

    /// The same observations by a coarser schema. Custom buckets, and those that are as coarse already, stay as they are.
    #[must_use]
    pub fn reduced(&self, schema: i32) -> Self {
        let mut coarser = self.clone();
        coarser.reduce(schema);
        coarser
    }

    /// Makes it coarser. Custom buckets, and those that are as coarse already, stay as they are.
    pub fn reduce(&mut self, schema: i32) {
        if self.has_custom_buckets() || schema >= self.schema || schema < super::bounds::SCHEMA_MIN {
            return;
        }
        let Side { spans, counts } = self.positive_side().reduced(self.schema, schema);
        (self.positive_spans, self.positive_counts) = (spans, counts);
        let Side { spans, counts } = self.negative_side().reduced(self.schema, schema);
        (self.negative_spans, self.negative_counts) = (spans, counts);
        self.schema = schema;
    }

    /// Leaves out empty buckets, and joins spans that touch.
    pub fn compact(&mut self) {
        self.compact_to(0);
    }

    /// Leaves out empty buckets, but for up to so many between two that are not.
    pub fn compact_to(&mut self, empty_max: usize) {
        let mut cells = Cells::from(std::mem::take(self));
        cells.positive.compact(empty_max);
        cells.negative.compact(empty_max);
        *self = cells.into();
    }
}

#[cfg(test)]
mod tests;

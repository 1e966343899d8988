//! The values of one series at all instants of an evaluation.

use std::sync::Arc;

use evenkeel_metric::Histogram;

/// The bits of the number that says that there is no value. No computation gives this NaN.
const ABSENT_BITS: u64 = 0x7ff8_0ab5_e47e_ed01;

/// Says that there is no value, or that it is a histogram.
pub(crate) const ABSENT: f64 = f64::from_bits(ABSENT_BITS);

/// Whether it says that there is no number.
#[inline]
pub(crate) const fn is_absent(value: f64) -> bool {
    value.to_bits() == ABSENT_BITS
}

/// The values of one series. Shape: one an instant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// Numbers, or [`ABSENT`].
    pub(crate) values: Vec<f64>,
    /// Histograms where the number is absent; empty when there is none at all.
    pub(crate) histograms: Vec<Option<Arc<Histogram>>>,
}

/// A value at one instant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'a> {
    /// A number.
    Number(f64),
    /// A histogram.
    Histogram(&'a Arc<Histogram>),
}

impl Row {
    /// Nothing at `count` instants.
    pub(crate) fn absent(count: usize) -> Self {
        Self { values: vec![ABSENT; count], histograms: Vec::new() }
    }

    /// Forgets everything, and has `count` instants from now on.
    pub(crate) fn reset(&mut self, count: usize) {
        self.values.clear();
        self.values.resize(count, ABSENT);
        self.histograms.clear();
    }

    /// How many instants.
    pub(crate) const fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are histograms.
    pub(crate) const fn has_histograms(&self) -> bool {
        !self.histograms.is_empty()
    }

    /// The value at a place.
    #[inline]
    pub(crate) fn cell(&self, index: usize) -> Option<Cell<'_>> {
        match self.values.get(index) {
            Some(value) if !is_absent(*value) => Some(Cell::Number(*value)),
            Some(_) => self.histogram(index).map(Cell::Histogram),
            None => None,
        }
    }

    /// The histogram at a place.
    #[inline]
    pub(crate) fn histogram(&self, index: usize) -> Option<&Arc<Histogram>> {
        self.histograms.get(index).and_then(Option::as_ref)
    }

    /// Whether there is a value at a place.
    #[inline]
    pub(crate) fn is_present(&self, index: usize) -> bool {
        self.cell(index).is_some()
    }

    /// Sets a number.
    #[inline]
    pub(crate) fn set(&mut self, index: usize, value: f64) {
        if let Some(slot) = self.values.get_mut(index) {
            *slot = value;
        }
        if let Some(slot) = self.histograms.get_mut(index) {
            *slot = None;
        }
    }

    /// Sets a histogram.
    pub(crate) fn set_histogram(&mut self, index: usize, histogram: Arc<Histogram>) {
        if self.histograms.is_empty() {
            self.histograms.resize(self.values.len(), None);
        }
        if let Some(slot) = self.histograms.get_mut(index) {
            *slot = Some(histogram);
        }
        if let Some(slot) = self.values.get_mut(index) {
            *slot = ABSENT;
        }
    }

    /// Takes a value away.
    pub(crate) fn clear(&mut self, index: usize) {
        self.set(index, ABSENT);
    }

    /// Takes the histograms away.
    pub(crate) fn clear_histograms(&mut self) {
        self.histograms.clear();
    }

    /// Whether there is no value at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.iter().all(|value| is_absent(*value)) && self.histograms.iter().all(Option::is_none)
    }

    /// Changes every number.
    #[inline]
    pub(crate) fn map(&mut self, mut change: impl FnMut(f64) -> f64) {
        for value in &mut self.values {
            if !is_absent(*value) {
                *value = change(*value);
            }
        }
    }

    /// Takes over the other's values; says whether both had one somewhere.
    pub(crate) fn merge(&mut self, other: Self) -> bool {
        let mut collides = false;
        for index in 0..other.len() {
            match other.cell(index) {
                None => {}
                Some(_) if self.is_present(index) => collides = true,
                Some(Cell::Number(value)) => self.set(index, value),
                Some(Cell::Histogram(histogram)) => self.set_histogram(index, Arc::clone(histogram)),
            }
        }
        collides
    }
}

/// Which instants have a value. Shape: 64 instants a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mask(Vec<u64>);

impl Mask {
    /// None of `count` instants.
    pub(crate) fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    /// The instants at which a row has a value.
    pub(crate) fn of(row: &Row) -> Self {
        let mut mask = Self::none(row.len());
        for (word, values) in mask.0.iter_mut().zip(row.values.chunks(64)) {
            *word = values.iter().rev().fold(0, |word, value| word << 1 | u64::from(!is_absent(*value)));
        }
        for (index, _) in row.histograms.iter().enumerate().filter(|(_, histogram)| histogram.is_some()) {
            mask.set(index);
        }
        mask
    }

    /// Whether an instant is in it.
    #[inline]
    pub(crate) fn has(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Adds an instant.
    pub(crate) fn set(&mut self, index: usize) {
        if let Some(word) = self.0.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }

    /// Whether no instant is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Whether both have an instant.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// The instants that both have.
    pub(crate) fn common(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// Takes the other's instants away.
    pub(crate) fn take_away(&mut self, other: &Self) {
        for (word, less) in self.0.iter_mut().zip(&other.0) {
            *word &= !less;
        }
    }

    /// Adds the other's instants.
    pub(crate) fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_has_the_instants_at_which_there_is_a_value() {
        let mut row = Row::absent(70);
        row.set(0, 1.0);
        row.set(63, f64::NAN);
        row.set(69, 0.0);
        let mask = Mask::of(&row);
        let present: Vec<usize> = (0..70).filter(|index| mask.has(*index)).collect();
        assert_eq!(present, [0, 63, 69]);
    }

    #[test]
    fn rows_merge_where_they_do_not_collide() {
        let (mut a, mut b) = (Row::absent(2), Row::absent(2));
        a.set(0, 1.0);
        b.set(1, 2.0);
        assert!(!a.merge(b.clone()));
        assert_eq!(a.values, [1.0, 2.0]);
        assert!(a.merge(b));
    }
}

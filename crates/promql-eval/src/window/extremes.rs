//! The smallest and the largest number of a window, and when it was.

use std::collections::VecDeque;

use super::{RangeFunction, Window, seconds};

/// Whether a number takes the place of the one found so far. NaN gives way to anything.
fn wins(function: RangeFunction, value: f64, found: f64) -> bool {
    let better = match function {
        RangeFunction::MinOverTime => value < found,
        RangeFunction::MaxOverTime => value > found,
        // Of equal ones the last is taken.
        RangeFunction::TsOfMinOverTime => value <= found,
        _ => value >= found,
    };
    better || found.is_nan()
}

pub(super) fn extreme(function: RangeFunction, window: &Window<'_>) -> Option<f64> {
    match function {
        RangeFunction::MinOverTime => return lowest(window.values),
        RangeFunction::MaxOverTime => return lowest_of(window.values.iter().map(|value| -value)).map(|value| -value),
        _ => {}
    }
    let mut samples = window.times.iter().zip(window.values);
    let mut found = samples.next()?;
    for sample in samples {
        if wins(function, *sample.1, *found.1) {
            found = sample;
        }
    }
    Some(seconds(*found.0))
}

fn lowest(values: &[f64]) -> Option<f64> {
    lowest_of(values.iter().copied())
}

/// The smallest number; NaN when all are.
fn lowest_of(mut values: impl Iterator<Item = f64>) -> Option<f64> {
    let first = values.next()?;
    // `f64::min` leaves NaN out of account.
    Some(values.fold(first, f64::min))
}

/// The smallest or largest number of windows that move forward over one series: each sample is looked at once, however much
/// windows overlap.
///
/// Kept are the places of samples that no later one beats, the best first.
#[derive(Debug)]
pub(crate) struct Extremes<'a> {
    values: &'a [f64],
    largest: bool,
    kept: VecDeque<usize>,
    /// How many samples were looked at.
    seen: usize,
}

impl<'a> Extremes<'a> {
    /// Over the numbers of a series; `None`: the function is neither `min_over_time` nor `max_over_time`.
    pub(crate) fn of(function: RangeFunction, values: &'a [f64]) -> Option<Self> {
        let largest = match function {
            RangeFunction::MinOverTime => false,
            RangeFunction::MaxOverTime => true,
            _ => return None,
        };
        Some(Self { values, largest, kept: VecDeque::new(), seen: 0 })
    }

    /// The number for the samples from `low` up to `high`; neither is before the one asked for last.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> Option<f64> {
        if low >= high {
            return None;
        }
        // Samples that no window holds are not looked at.
        self.seen = self.seen.max(low);
        while self.kept.front().is_some_and(|place| *place < low) {
            self.kept.pop_front();
        }
        while self.seen < high {
            let value = *self.values.get(self.seen)?;
            if !value.is_nan() {
                while self.kept.back().is_some_and(|place| !self.beats(*place, value)) {
                    self.kept.pop_back();
                }
                self.kept.push_back(self.seen);
            }
            self.seen += 1;
        }
        // Nothing but NaN is NaN.
        let best = self.kept.front().copied().unwrap_or(low);
        self.values.get(best).copied()
    }

    fn beats(&self, place: usize, value: f64) -> bool {
        let kept = self.values.get(place).copied().unwrap_or(f64::NAN);
        if self.largest { kept > value } else { kept < value }
    }
}

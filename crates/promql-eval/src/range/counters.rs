//! What a window gives without a look at each of its samples: `rate`, `increase`, `delta`, counts and extremes.
//!
//! A window costs the same however many samples are in it: the places where a counter falls are found once a series.

use evenkeel_metric::Column;

use super::{Cut, Scratch, sums};
use crate::cursor::Cursor;
use crate::row::Row;
use crate::timing::{Moment, in_seconds};
use crate::window::{Extremes, RangeFunction};

/// Fills the row when the function is one of those; says whether it is. The column has numbers only.
pub(super) fn fill(function: RangeFunction, column: &Column, cut: &Cut, row: &mut Row, scratch: &mut Scratch) -> bool {
    let resets = &mut scratch.resets;
    resets.clear();
    let kind = match function {
        RangeFunction::Rate => Kind { counter: true, per_second: true },
        RangeFunction::Increase => Kind { counter: true, per_second: false },
        RangeFunction::Delta => Kind { counter: false, per_second: false },
        RangeFunction::CountOverTime => {
            each_window(column, cut, row, |_, low, high| count(high - low));
            return true;
        }
        RangeFunction::PresentOverTime => {
            each_window(column, cut, row, |_, _, _| Some(1.0));
            return true;
        }
        RangeFunction::LastOverTime => {
            each_window(column, cut, row, |_, _, high| column.values.get(high.wrapping_sub(1)).copied());
            return true;
        }
        RangeFunction::SumOverTime | RangeFunction::AvgOverTime => {
            return sums::fill(function, column, cut, row, scratch);
        }
        _ => {
            let Some(mut extremes) = Extremes::of(function, &column.values) else { return false };
            each_window(column, cut, row, |_, low, high| extremes.between(low, high));
            return true;
        }
    };
    if kind.counter {
        find_resets(&column.values, resets);
    }
    let mut extrapolate = Extrapolate::new(column, cut, kind, resets);
    each_window(column, cut, row, |until, low, high| extrapolate.window(until, low, high));
    true
}

#[expect(clippy::cast_precision_loss, reason = "samples of one series")]
const fn count(samples: usize) -> Option<f64> {
    Some(samples as f64)
}

/// Asks about each window that has samples: its end, and the places of its samples.
#[inline]
pub(super) fn each_window(
    column: &Column,
    cut: &Cut,
    row: &mut Row,
    mut give: impl FnMut(i64, usize, usize) -> Option<f64>,
) {
    let (mut low, mut high) = (Cursor::default(), Cursor::default());
    let times = &*column.times;
    let mut ask = |until: i64| {
        let first = low.advance_in(times, until.saturating_sub(cut.length));
        let end = high.advance_in(times, until);
        if end > first { give(until, first, end) } else { None }
    };
    match cut.moment {
        Moment::Fixed(until) => {
            if let Some(value) = ask(until) {
                row.values.fill(value);
            }
        }
        Moment::Moving(back) => {
            let mut until = cut.grid.start.saturating_sub(back);
            for slot in &mut row.values {
                if let Some(value) = ask(until) {
                    *slot = value;
                }
                until = until.saturating_add(cut.grid.step);
            }
        }
    }
}

/// The places of values that are lower than the one before.
fn find_resets(values: &[f64], resets: &mut Vec<usize>) {
    const BLOCK: usize = 32;
    let mut begin = 1;
    while begin < values.len() {
        let end = values.len().min(begin + BLOCK);
        let (before, here) =
            (values.get(begin - 1..end - 1).unwrap_or_default(), values.get(begin..end).unwrap_or_default());
        let falls = before.iter().zip(here).fold(false, |falls, (before, here)| falls | (here < before));
        if falls {
            let places = before.iter().zip(here).enumerate().filter(|(_, (before, here))| here < before);
            resets.extend(places.map(|(place, _)| begin + place));
        }
        begin = end;
    }
}

#[derive(Debug, Clone, Copy)]
struct Kind {
    counter: bool,
    per_second: bool,
}

/// The difference between the ends of a window, extended to its borders.
///
/// Divisions are what it costs, so that only one is left where nothing is near a threshold; milliseconds stay milliseconds.
/// Source: Prometheus `extrapolatedRate`.
struct Extrapolate<'e> {
    times: &'e [i64],
    values: &'e [f64],
    resets: &'e [usize],
    /// Resets before the window.
    passed: usize,
    length: i64,
    kind: Kind,
    /// Per second, or 1.
    scale: f64,
}

impl<'e> Extrapolate<'e> {
    fn new(column: &'e Column, cut: &Cut, kind: Kind, resets: &'e [usize]) -> Self {
        let scale = if kind.per_second { 1.0 / in_seconds(cut.length) } else { 1.0 };
        Self { times: &column.times, values: &column.values, resets, passed: 0, length: cut.length, kind, scale }
    }

    #[inline]
    fn window(&mut self, until: i64, low: usize, end: usize) -> Option<f64> {
        if end - low < 2 {
            return None;
        }
        let (first_at, last_at) = (*self.times.get(low)?, *self.times.get(end - 1)?);
        let (first, last) = (*self.values.get(low)?, *self.values.get(end - 1)?);
        let mut difference = last - first;
        if !self.resets.is_empty() {
            difference += self.fallen(low, end);
        }
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of one window, and its samples")]
        let [sampled, mut to_start, mut to_end, gaps] = [
            (last_at - first_at) as f64,
            (first_at - until.saturating_sub(self.length)) as f64,
            (until - last_at) as f64,
            (end - low - 1) as f64,
        ];
        if is_far(to_start, sampled, gaps) {
            to_start = sampled / gaps / 2.0;
        }
        // A counter is never below zero, so it is not extended beyond where it would be zero.
        if self.kind.counter && difference > 0.0 && first >= 0.0 && sampled * first < to_start * difference {
            to_start = sampled * (first / difference);
        }
        if is_far(to_end, sampled, gaps) {
            to_end = sampled / gaps / 2.0;
        }
        Some(difference * (((sampled + to_start + to_end) / sampled) * self.scale))
    }

    /// What the counter had when it began anew, each time.
    #[cold]
    fn fallen(&mut self, low: usize, end: usize) -> f64 {
        while self.resets.get(self.passed).is_some_and(|reset| *reset <= low) {
            self.passed += 1;
        }
        let within = self.resets.iter().skip(self.passed).take_while(|reset| **reset < end);
        within.filter_map(|reset| self.values.get(reset - 1)).sum()
    }
}

/// Whether a border is further away than samples are from each other, with a tenth to spare.
#[inline]
fn is_far(border: f64, sampled: f64, gaps: f64) -> bool {
    let (product, limit) = (border * gaps, sampled * 1.1);
    if (product - limit).abs() > limit * 1e-9 {
        return product >= limit;
    }
    // Near to it, as Prometheus computes it, to the bit.
    border / 1000.0 >= sampled / 1000.0 / gaps * 1.1
}

//! Sums and means of windows that overlap: each is the difference of two sums from the beginning.
//!
//! The sums from the beginning are kept in two numbers, which together are exact to some 106 bits. Where a window's own sum is
//! so much smaller that even that could show, or numbers are too large or none, it says that it cannot.

use evenkeel_metric::Column;

use super::counters::each_window;
use super::{Cut, Scratch};
use crate::row::Row;
use crate::window::RangeFunction;

/// Beyond this a sum from the beginning could overflow.
const LARGEST: f64 = 1e290;

/// A window's sum has to be at least this share of the largest sum from the beginning.
const SMALLEST_SHARE: f64 = 1e-14;

/// Fills the row; says whether it could. Only windows that overlap are worth it.
pub(super) fn fill(function: RangeFunction, column: &Column, cut: &Cut, row: &mut Row, scratch: &mut Scratch) -> bool {
    if cut.grid.count < 2 || cut.length <= cut.grid.step {
        return false;
    }
    let Some(largest) = sum_up(&column.values, &mut scratch.prefix) else { return false };
    let prefix = &*scratch.prefix;
    let smallest = largest * SMALLEST_SHARE;
    let mut exact = true;
    each_window(column, cut, row, |_, low, high| {
        let ([sum, lost], [sum_before, lost_before]) = (*prefix.get(high)?, *prefix.get(low)?);
        let (difference, rounded) = two_sum(sum, -sum_before);
        let total = difference + (rounded + (lost - lost_before));
        exact &= total.abs() >= smallest;
        #[expect(clippy::cast_precision_loss, reason = "samples of one series")]
        let samples = (high - low) as f64;
        Some(if function == RangeFunction::AvgOverTime { total / samples } else { total })
    });
    if !exact {
        row.reset(cut.grid.count);
    }
    exact
}

/// The sums of the values before each place; `None`: they are not all finite, or too large. Gives the largest.
fn sum_up(values: &[f64], prefix: &mut Vec<[f64; 2]>) -> Option<f64> {
    prefix.clear();
    prefix.push([0.0, 0.0]);
    let (mut sum, mut lost, mut largest) = (0.0, 0.0, 0.0_f64);
    for value in values {
        let (total, rounded) = two_sum(sum, *value);
        let (high, low) = two_sum(total, rounded + lost);
        (sum, lost) = (high, low);
        largest = largest.max(sum.abs());
        prefix.push([sum, lost]);
    }
    // NaN is no largest, but stays in the sum.
    (sum.is_finite() && largest < LARGEST).then_some(largest)
}

/// The sum of two numbers as it is rounded, and what rounding took. Source: Knuth.
#[inline]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let added = sum - a;
    (sum, (a - (sum - added)) + (b - added))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Grid;
    use crate::timing::Moment;

    fn sums(values: &[f64], length: i64) -> Option<Vec<f64>> {
        let times = (1..=i64::try_from(values.len()).expect("few")).collect();
        let column = Column { times, values: values.to_vec(), histograms: Vec::new() };
        let grid = Grid { start: 2, step: 1, count: values.len() - 1 };
        let cut = Cut { grid, moment: Moment::Moving(0), length, extension: None, lookback: 5 };
        let mut row = Row::absent(grid.count);
        fill(RangeFunction::SumOverTime, &column, &cut, &mut row, &mut Scratch::default()).then_some(row.values)
    }

    #[test]
    fn windows_have_the_sums_that_they_have_alone() {
        let values: Vec<f64> = (0..100).map(|index| f64::from(index) * 0.1).collect();
        let expected: Vec<f64> = (2..=100).map(|end| values[end - 2..end].iter().sum()).collect();
        let given = sums(&values, 2).expect("sums");
        assert!(given.iter().zip(&expected).all(|(a, b)| (a - b).abs() <= 1e-15 * b.abs()));
    }

    #[test]
    fn what_would_not_be_exact_is_not_given() {
        assert_eq!(sums(&[1e100, 1.0, 1.0, 1.0], 2), None);
        assert_eq!(sums(&[1.0, f64::NAN, 1.0], 2), None);
        assert_eq!(sums(&[1e300, 1e300, 1.0], 2), None);
        assert_eq!(sums(&[0.0, 0.0, 0.0], 2), Some(vec![0.0, 0.0]));
    }
}

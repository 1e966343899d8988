//! How ranges are cut from samples.

use evenkeel_metric::Column;
use evenkeel_promql::{Extension, Selector, Window};

use crate::EvalFault;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::timing::{Moment, in_seconds};

/// How a range is cut from a series' samples.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    /// The instants from which it is looked at.
    pub(crate) grid: Grid,
    /// Where its end is.
    pub(crate) moment: Moment,
    /// How far back. Units: milliseconds.
    pub(crate) length: i64,
    /// How its ends count.
    pub(crate) extension: Option<Extension>,
    /// How far a sample counts. Units: milliseconds.
    pub(crate) lookback: i64,
}

impl Cut {
    /// What a selector and its window say.
    pub(crate) fn of(ev: &Evaluator<'_>, selector: &Selector, window: &Window, grid: Grid) -> Result<Self, EvalFault> {
        Ok(Self {
            grid,
            moment: ev.moment(&selector.timing)?,
            length: ev.length(window)?,
            extension: selector.timing.extension,
            lookback: ev.query.limits.lookback.0,
        })
    }

    /// How far before and behind the range samples are read too.
    pub(super) const fn margins(&self) -> (i64, i64) {
        match self.extension {
            None => (0, 0),
            Some(Extension::Anchored) => (self.lookback, 0),
            Some(Extension::Smoothed) => (self.lookback, self.lookback),
        }
    }

    /// The time that is read: later than the first, not later than the second.
    pub(crate) fn span(&self) -> (i64, i64) {
        let (seen, (before, behind)) = (self.moment.grid(self.grid), self.margins());
        let after = seen.start.saturating_sub(self.length).saturating_sub(before);
        (after, seen.last().saturating_add(behind))
    }

    /// The samples of the range as they are, looked at from one instant.
    pub(crate) fn samples(&self, column: &mut Column) -> Result<Column, EvalFault> {
        let until = self.moment.seen_from(self.grid.start);
        if self.extension.is_some() {
            return extended_samples(column, until.saturating_sub(self.length), until, self.extension);
        }
        Ok(std::mem::take(column))
    }
}

/// A range that is `anchored` or `smoothed`, with a sample at either end.
fn extended_samples(
    column: &Column,
    after: i64,
    until: i64,
    extension: Option<Extension>,
) -> Result<Column, EvalFault> {
    if !column.histograms.is_empty() {
        return Err(EvalFault::Execution("anchored modifier is not supported with histograms".to_owned()));
    }
    let smoothed = extension == Some(Extension::Smoothed);
    let sample = |place: usize| Some((*column.times.get(place)?, *column.values.get(place)?));
    let between = |a: (i64, f64), b: (i64, f64), at: i64| {
        a.1 + (b.1 - a.1) * in_seconds(at.saturating_sub(a.0)) / in_seconds(b.0.saturating_sub(a.0))
    };
    let first = column.times.partition_point(|time| *time <= after);
    let end = column.times.partition_point(|time| *time <= until);
    let mut samples = Column::default();
    let is_over = |place: usize| sample(place).is_none_or(|(time, _)| time <= after);
    if end == 0 && !smoothed || is_over(column.len().wrapping_sub(1)) {
        return Ok(samples);
    }
    let left = match (first.checked_sub(1).and_then(sample), sample(first)) {
        (Some(before), Some(behind)) if smoothed && before.0 < after => between(before, behind, after),
        (Some(before), _) => before.1,
        (None, Some(behind)) => behind.1,
        (None, None) => return Ok(samples),
    };
    let right = match (end.checked_sub(1).and_then(sample), sample(end)) {
        (Some(before), Some(behind)) if smoothed && before.0 < until => between(before, behind, until),
        (Some(before), _) => before.1,
        (None, Some(behind)) => behind.1,
        (None, None) => return Ok(samples),
    };
    let mut push = |at: i64, value: f64| {
        samples.times.push(at);
        samples.values.push(value);
    };
    push(after, left);
    (first..end).filter_map(sample).filter(|(at, _)| *at < until).for_each(|(at, value)| push(at, value));
    push(until, right);
    Ok(samples)
}

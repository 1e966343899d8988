//! Windows whose ends count otherwise (experimental): `anchored` takes the sample at or before the begin along, `smoothed`
//! draws lines to the samples just outside.
//!
//! Source: Prometheus, `extendedRate`, `pickFirstSampleIndex`.

use evenkeel_promql::Extension;

use super::{RangeFunction, Window};

/// `rate`, `increase` or `delta` without extending anything.
pub(super) fn rate(function: RangeFunction, window: &Window<'_>, extension: Extension) -> Option<f64> {
    let smoothed = extension == Extension::Smoothed;
    let counter = function.is_of_counters();
    let (times, values) = (window.times, window.values);
    let most = times.len().checked_sub(1)?;
    let before = times.get(..most)?;
    let mut first = before.partition_point(|at| *at <= window.after).saturating_sub(1);
    let mut last = if smoothed { before.partition_point(|at| *at < window.until) } else { most };
    if *times.get(last)? <= window.after {
        return None;
    }
    let line = |place: usize, at: i64| {
        let (from, to) = (*times.get(place)?, *times.get(place + 1)?);
        let (begin, end) = (*values.get(place)?, *values.get(place + 1)?);
        let begin = if counter && end < begin { 0.0 } else { begin };
        Some(begin + (end - begin) * super::seconds(at - from) / super::seconds(to - from))
    };
    let left =
        if smoothed && *times.get(first)? < window.after { line(first, window.after)? } else { *values.get(first)? };
    let right = if smoothed && last > 0 && *times.get(last)? > window.until {
        line(last - 1, window.until)?
    } else {
        *values.get(last)?
    };
    let mut difference = right - left;
    if counter {
        // Samples at the ends and outside are in `left` and `right` already.
        first += usize::from(*times.get(first)? <= window.after);
        let end = last + usize::from(*times.get(last)? < window.until);
        last = end.max(first);
        let mut before = left;
        for value in values.get(first..last)?.iter().chain([&right]) {
            if *value < before {
                difference += before;
            }
            before = *value;
        }
    }
    Some(if function == RangeFunction::Rate { difference / window.seconds() } else { difference })
}

/// Where the numbers begin that are compared: at the last one that is not in the window. `None`: none is in it.
pub(super) fn first_compared(window: &Window<'_>) -> Option<usize> {
    if window.extension != Some(Extension::Anchored) {
        return Some(0);
    }
    let (last, before) = window.times.split_last()?;
    if *last <= window.after {
        return None;
    }
    Some(before.partition_point(|at| *at <= window.after).saturating_sub(1))
}

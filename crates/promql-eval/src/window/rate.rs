//! `rate`, `increase` and `delta`: the difference between the ends of a window, extended to its borders.
//!
//! Samples do not lie on the borders. Where the first or last lies about as far away as samples lie apart, the series is taken
//! to go on to the border; else it is taken to end half a step away. A counter is not extended to below zero.
//! Source: Prometheus, `extrapolatedRate`, `histogramRate`.

use std::sync::Arc;

use evenkeel_metric::{Histogram, ResetHint};

use super::{Outcome, RangeFunction, Window, count, extended, seconds};
use crate::notes::{Note, Notes};

pub(super) fn rate(function: RangeFunction, window: &Window<'_>, notes: &mut Notes) -> Outcome {
    if let Some(extension) = window.extension {
        return extended::rate(function, window, extension).into();
    }
    if window.is_mixed() {
        notes.add(Note::MixedFloatsHistograms);
        return Outcome::None;
    }
    if window.times.is_empty() {
        return histogram_rate(function, window, notes).into();
    }
    number_rate(function, window).into()
}

fn number_rate(function: RangeFunction, window: &Window<'_>) -> Option<f64> {
    let (first, last) = (*window.values.first()?, *window.values.last()?);
    let mut difference = last - first;
    if function.is_of_counters() {
        for (before, value) in window.values.iter().zip(window.values.iter().skip(1)) {
            if value < before {
                difference += before;
            }
        }
    }
    let span = Span { first: *window.times.first()?, last: *window.times.last()?, samples: window.times.len() };
    let zero = (function.is_of_counters() && difference > 0.0 && first >= 0.0).then_some(first / difference);
    Some(difference * span.factor(function, window, zero)?)
}

/// When the samples are.
#[derive(Debug, Clone, Copy)]
struct Span {
    first: i64,
    last: i64,
    samples: usize,
}

impl Span {
    /// By what the difference between first and last is multiplied. `zero`: how many times as long ago as the first sample
    /// is from the last the counter was zero.
    fn factor(self, function: RangeFunction, window: &Window<'_>, zero: Option<f64>) -> Option<f64> {
        if self.samples < 2 {
            return None;
        }
        let sampled = seconds(self.last - self.first);
        let average = sampled / count(self.samples - 1);
        let threshold = average * 1.1;
        let to_border = |distance: f64| if distance >= threshold { average / 2.0 } else { distance };
        let mut to_start = to_border(seconds(self.first - window.after));
        if let Some(zero) = zero {
            let to_zero = sampled * zero;
            if to_zero < to_start {
                to_start = to_zero;
            }
        }
        let to_end = to_border(seconds(window.until - self.last));
        let factor = (sampled + to_start + to_end) / sampled;
        Some(if function == RangeFunction::Rate { factor / window.seconds() } else { factor })
    }
}

fn histogram_rate(function: RangeFunction, window: &Window<'_>, notes: &mut Notes) -> Option<Histogram> {
    let ((first, first_histogram), (last, _)) = (window.histograms.first()?, window.histograms.last()?);
    if window.histograms.len() < 2 {
        return None;
    }
    let counter = function.is_of_counters();
    let mut difference = histogram_difference(window.histograms, counter, notes)?;
    let zero = (counter && difference.count > 0.0 && first_histogram.count >= 0.0)
        .then(|| first_histogram.count / difference.count);
    let span = Span { first: *first, last: *last, samples: window.histograms.len() };
    difference.mul(span.factor(function, window, zero)?);
    Some(difference)
}

/// The last less the first, and what was lost whenever counting began anew.
fn histogram_difference(histograms: &[(i64, Arc<Histogram>)], counter: bool, notes: &mut Notes) -> Option<Histogram> {
    let (first, last) = (&histograms.first()?.1, &histograms.last()?.1);
    check_hints(histograms, counter, notes);
    let second = &histograms.get(1)?.1;
    // When counting began anew at the second, the first is not looked at, not even at its schema.
    let nothing = (counter && second.began_anew(first)).then(|| {
        Arc::new(Histogram {
            schema: second.schema,
            custom_bounds: second.custom_bounds.clone(),
            ..Histogram::default()
        })
    });
    let begin = nothing.as_ref().unwrap_or(first);
    let custom = begin.has_custom_buckets();
    let between = || histograms.iter().skip(1).map(|(_, histogram)| histogram).filter(|_| counter);
    if last.has_custom_buckets() != custom || between().any(|histogram| histogram.has_custom_buckets() != custom) {
        notes.add(Note::MixedExponentialCustom);
        return None;
    }
    let coarsest = between().map(|histogram| histogram.schema).fold(last.schema.min(begin.schema), i32::min);
    let mut difference = last.reduced(coarsest);
    let Ok(added) = difference.sub(begin) else {
        notes.add(Note::MixedExponentialCustom);
        return None;
    };
    if added.bounds_reconciled {
        notes.add(Note::MismatchedCustomBuckets("subtraction"));
    }
    let mut before = begin;
    for histogram in between() {
        if histogram.began_anew(before) {
            let Ok(added) = difference.add(before) else {
                notes.add(Note::MixedExponentialCustom);
                return None;
            };
            if added.bounds_reconciled {
                notes.add(Note::MismatchedCustomBuckets("addition"));
            }
        }
        before = histogram;
    }
    difference.reset_hint = ResetHint::Gauge;
    difference.compact();
    Some(difference)
}

fn check_hints(histograms: &[(i64, Arc<Histogram>)], counter: bool, notes: &mut Notes) {
    let is_gauge = |(_, histogram): &(i64, Arc<Histogram>)| histogram.reset_hint == ResetHint::Gauge;
    if counter && histograms.iter().any(is_gauge) {
        notes.add(Note::HistogramNotCounter);
    }
    let ends = histograms.first().into_iter().chain(histograms.last());
    if !counter && !ends.into_iter().all(is_gauge) {
        notes.add(Note::HistogramNotGauge);
    }
}

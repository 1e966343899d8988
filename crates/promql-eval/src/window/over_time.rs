//! Sums and averages over time, and the first and the last sample.

use evenkeel_metric::Compensated;

use super::{Outcome, Window, count, histograms};
use crate::notes::{Note, Notes};

pub(super) fn sum(window: &Window<'_>, notes: &mut Notes) -> Outcome {
    if window.is_mixed() {
        notes.add(Note::MixedFloatsHistograms);
        return Outcome::None;
    }
    if window.values.is_empty() {
        return histograms::sum(window.histograms, notes).into();
    }
    Outcome::Number(sum_of(window.values))
}

/// The sum of numbers, with what rounding takes from each step.
fn sum_of(values: &[f64]) -> f64 {
    values.iter().fold(Compensated::default(), |sum, value| sum.plus(*value)).total()
}

pub(super) fn average(window: &Window<'_>, notes: &mut Notes) -> Outcome {
    if window.is_mixed() {
        notes.add(Note::MixedFloatsHistograms);
        return Outcome::None;
    }
    if window.values.is_empty() {
        return histograms::average(window.histograms, notes).into();
    }
    average_of(window.values).into()
}

/// The sum through the count, as long as the sum is finite; then a mean that moves on. Source: Prometheus, `avg_over_time`.
fn average_of(values: &[f64]) -> Option<f64> {
    let (first, rest) = values.split_first()?;
    let mut sum = Compensated { sum: *first, low: 0.0 };
    let mut rest = rest.iter().zip(2_usize..);
    let mut samples = count(values.len());
    while let Some((value, so_far)) = rest.next() {
        let next = sum.plus(*value);
        if next.sum.is_infinite() {
            samples = count(so_far);
            let before = samples - 1.0;
            let mean = Compensated { sum: sum.sum / before, low: sum.low / before };
            let mean = rest
                .fold(moved_on(mean, *value, samples), |mean, (value, so_far)| moved_on(mean, *value, count(so_far)));
            return Some(mean.sum + mean.low);
        }
        sum = next;
    }
    Some(sum.sum / samples + sum.low / samples)
}

/// The mean of so many values, of which the last is this one.
fn moved_on(mean: Compensated, value: f64, samples: f64) -> Compensated {
    let weight = (samples - 1.0) / samples;
    Compensated { sum: weight * mean.sum, low: weight * mean.low }.plus(value / samples)
}

pub(super) fn first(window: &Window<'_>) -> Outcome {
    match (window.times.first().zip(window.values.first()), window.histograms.first()) {
        (Some((at, value)), Some((other, _))) if at < other => Outcome::Number(*value),
        (_, Some((_, histogram))) => Outcome::Histogram(Box::new((**histogram).clone())),
        (Some((_, value)), None) => Outcome::Number(*value),
        (None, None) => Outcome::None,
    }
}

pub(super) fn last(window: &Window<'_>) -> Outcome {
    match (window.times.last().zip(window.values.last()), window.histograms.last()) {
        (Some((at, value)), Some((other, _))) if other < at => Outcome::Number(*value),
        (_, Some((_, histogram))) => Outcome::Histogram(Box::new((**histogram).clone())),
        (Some((_, value)), None) => Outcome::Number(*value),
        (None, None) => Outcome::None,
    }
}

pub(super) fn first_time(window: &Window<'_>) -> Option<i64> {
    window.times.first().copied().into_iter().chain(window.histograms.first().map(|(at, _)| *at)).min()
}

pub(super) fn last_time(window: &Window<'_>) -> Option<i64> {
    window.times.last().copied().into_iter().chain(window.histograms.last().map(|(at, _)| *at)).max()
}

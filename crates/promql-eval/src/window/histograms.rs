//! Sums and averages of native histograms over time.

use std::sync::Arc;

use evenkeel_metric::{Added, Histogram, HistogramSum, Incompatible, ResetHint};

use super::count;
use crate::notes::{Note, Notes};

/// What is noticed while histograms are added.
#[derive(Debug, Default)]
struct Noticed {
    reset: bool,
    not_reset: bool,
    bounds_reconciled: bool,
}

impl Noticed {
    const fn hint(&mut self, histogram: &Histogram) {
        match histogram.reset_hint {
            ResetHint::Reset => self.reset = true,
            ResetHint::NotReset => self.not_reset = true,
            ResetHint::Unknown | ResetHint::Gauge => {}
        }
    }

    /// Says what was noticed; nothing but that, when not all could be added.
    fn say<T>(&self, result: Result<T, Incompatible>, notes: &mut Notes) -> Option<T> {
        if result.is_err() {
            notes.add(Note::MixedExponentialCustom);
            return None;
        }
        if self.reset && self.not_reset {
            notes.add(Note::CounterResetCollision("aggregation"));
        }
        if self.bounds_reconciled {
            notes.add(Note::MismatchedCustomBuckets("aggregation"));
        }
        result.ok()
    }

    const fn added(&mut self, added: Added) {
        self.bounds_reconciled |= added.bounds_reconciled;
    }
}

pub(super) fn sum(histograms: &[(i64, Arc<Histogram>)], notes: &mut Notes) -> Option<Histogram> {
    let mut noticed = Noticed::default();
    let summed = sum_of(histograms, &mut noticed);
    noticed.say(summed.map(|sum| sum.map(HistogramSum::total)), notes)?
}

fn sum_of(histograms: &[(i64, Arc<Histogram>)], noticed: &mut Noticed) -> Result<Option<HistogramSum>, Incompatible> {
    let Some(((_, first), rest)) = histograms.split_first() else { return Ok(None) };
    noticed.hint(first);
    let mut sum = HistogramSum::of((**first).clone());
    for (_, histogram) in rest {
        noticed.hint(histogram);
        noticed.added(sum.add(histogram)?);
    }
    Ok(Some(sum))
}

pub(super) fn average(histograms: &[(i64, Arc<Histogram>)], notes: &mut Notes) -> Option<Histogram> {
    let mut noticed = Noticed::default();
    let averaged = average_of(histograms, &mut noticed);
    noticed.say(averaged.map(|mean| mean.map(HistogramSum::total)), notes)?
}

/// The sum through the count, as long as the sum is finite; else a mean that moves on from the beginning.
fn average_of(
    histograms: &[(i64, Arc<Histogram>)],
    noticed: &mut Noticed,
) -> Result<Option<HistogramSum>, Incompatible> {
    let Some(mut sum) = sum_of(histograms, noticed)? else { return Ok(None) };
    if !sum.has_overflow() {
        sum.div(count(histograms.len()));
        return Ok(Some(sum));
    }
    let Some(((_, first), rest)) = histograms.split_first() else { return Ok(None) };
    let mut mean = HistogramSum::of((**first).clone());
    for ((_, histogram), so_far) in rest.iter().zip(2_usize..) {
        let samples = count(so_far);
        let mut part = (**histogram).clone();
        part.div(samples);
        mean.mul((samples - 1.0) / samples);
        noticed.added(mean.add(&part)?);
    }
    Ok(Some(mean))
}

//! `changes` and `resets`: how often a sample differs from the one before, and how often a counter began anew.

use std::sync::Arc;

use evenkeel_metric::Histogram;

use super::extended::first_compared;
use super::{Window, count};

/// How often a sample is another than the one before. NaN after NaN is the same.
pub(super) fn changes(window: &Window<'_>) -> Option<f64> {
    let number = |before: f64, value: f64| {
        #[expect(clippy::float_cmp, reason = "that is what is asked")]
        let differ = value != before;
        differ && !(value.is_nan() && before.is_nan())
    };
    pairs(window, number, |before, histogram| !histogram.is_same(before))
}

/// How often a sample shows that a counter began anew.
pub(super) fn resets(window: &Window<'_>) -> Option<f64> {
    pairs(window, |before, value| value < before, |before, histogram| histogram.began_anew(before))
}

/// How many samples differ from the one before; a histogram always differs from a number.
fn pairs(
    window: &Window<'_>,
    number: impl Fn(f64, f64) -> bool,
    histogram: impl Fn(&Histogram, &Histogram) -> bool,
) -> Option<f64> {
    let first = first_compared(window)?;
    let values = window.values.get(first..)?;
    let differ = |(before, value): (&f64, &f64)| number(*before, *value);
    let in_numbers = values.iter().zip(values.iter().skip(1)).filter(|(before, value)| differ((before, value))).count();
    if window.histograms.is_empty() {
        return Some(count(in_numbers));
    }
    let times = window.times.get(first..)?;
    if times.is_empty() {
        let pairs = window.histograms.iter().zip(window.histograms.iter().skip(1));
        return Some(count(pairs.filter(|(before, next)| histogram(&before.1, &next.1)).count()));
    }
    Some(count(mixed(times, values, window.histograms, number, histogram)))
}

fn mixed(
    times: &[i64],
    values: &[f64],
    histograms: &[(i64, Arc<Histogram>)],
    number: impl Fn(f64, f64) -> bool,
    histogram: impl Fn(&Histogram, &Histogram) -> bool,
) -> usize {
    let mut numbers = times.iter().zip(values).peekable();
    let mut others = histograms.iter().peekable();
    let (mut last_number, mut last_histogram): (Option<f64>, Option<&Histogram>) = (None, None);
    let mut found = 0;
    loop {
        let takes_number = match (numbers.peek(), others.peek()) {
            (Some((at, _)), Some((other, _))) => *at < other,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return found,
        };
        let differs = if takes_number {
            let Some((_, value)) = numbers.next() else { return found };
            let differs = last_histogram.take().is_some() || last_number.is_some_and(|before| number(before, *value));
            last_number = Some(*value);
            differs
        } else {
            let Some((_, next)) = others.next() else { return found };
            let differs = last_number.take().is_some() || last_histogram.is_some_and(|before| histogram(before, next));
            last_histogram = Some(next);
            differs
        };
        found += usize::from(differs);
    }
}

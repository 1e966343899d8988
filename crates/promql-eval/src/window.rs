//! Functions of range vectors: what a window of samples gives.
//!
//! A window is slices of a series' samples; numbers cost no memory. What is reckoned, and in which order, is as in
//! Prometheus, so that answers are the same to the last digits. Source: Prometheus, `promql/functions.go`.

mod changes;
mod extended;
mod extremes;
mod function;
mod histograms;
mod instant;
mod over_time;
mod rate;
mod regression;
mod spread;

use std::sync::Arc;

use evenkeel_metric::Histogram;
use evenkeel_promql::Extension;

use crate::notes::{Note, Notes};

pub(crate) use extremes::Extremes;
pub(crate) use function::RangeFunction;

/// The samples of one series between two instants, stale ones left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window<'a> {
    /// When each number was. Units: milliseconds since 1970, ascending.
    pub(crate) times: &'a [i64],
    /// The numbers, as many as times.
    pub(crate) values: &'a [f64],
    /// The histograms and their times, ascending.
    pub(crate) histograms: &'a [(i64, Arc<Histogram>)],
    /// Before the first instant of the window.
    pub(crate) after: i64,
    /// The last instant of the window.
    pub(crate) until: i64,
    /// How its ends count. If at all, samples just outside are there too.
    pub(crate) extension: Option<Extension>,
}

/// What a function gives for a window.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// Nothing.
    None,
    /// A number.
    Number(f64),
    /// A histogram.
    Histogram(Box<Histogram>),
}

impl From<Option<f64>> for Outcome {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::None, Self::Number)
    }
}

impl From<Option<Histogram>> for Outcome {
    fn from(histogram: Option<Histogram>) -> Self {
        histogram.map_or(Self::None, |histogram| Self::Histogram(Box::new(histogram)))
    }
}

impl Window<'_> {
    const fn is_mixed(&self) -> bool {
        !self.times.is_empty() && !self.histograms.is_empty()
    }

    /// How long it is. Units: seconds.
    fn seconds(&self) -> f64 {
        seconds(self.until.saturating_sub(self.after))
    }
}

/// Milliseconds as seconds.
#[expect(clippy::cast_precision_loss, reason = "differences of times are exact for 285,000 years")]
fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1000.0
}

/// Samples as a number.
#[expect(clippy::cast_precision_loss, reason = "a window has fewer than 2^53 samples")]
const fn count(samples: usize) -> f64 {
    samples as f64
}

/// Why the numbers that a function is given besides its range will not do. Source: Prometheus's own text.
pub(crate) fn check_params(function: RangeFunction, params: &[f64]) -> Result<(), String> {
    if function != RangeFunction::DoubleExponentialSmoothing {
        return Ok(());
    }
    for (name, short, factor) in [("smoothing", "sf", params.first()), ("trend", "tf", params.get(1))] {
        if let Some(factor) = factor.filter(|factor| **factor <= 0.0 || **factor >= 1.0) {
            return Err(format!("invalid {name} factor. Expected: 0 < {short} < 1, got: {factor:.6}"));
        }
    }
    Ok(())
}

/// What a function gives for a window that is not empty.
pub(crate) fn apply(function: RangeFunction, window: &Window<'_>, params: &[f64], notes: &mut Notes) -> Outcome {
    use RangeFunction as F;
    let param = |place: usize| params.get(place).copied().unwrap_or(f64::NAN);
    match function {
        F::Rate | F::Increase | F::Delta => rate::rate(function, window, notes),
        F::Irate => instant::between_last_two(window, true, notes),
        F::Idelta => instant::between_last_two(window, false, notes),
        F::Changes => changes::changes(window).into(),
        F::Resets => changes::resets(window).into(),
        F::SumOverTime => over_time::sum(window, notes),
        F::AvgOverTime => over_time::average(window, notes),
        F::CountOverTime => Outcome::Number(count(window.times.len() + window.histograms.len())),
        F::PresentOverTime | F::AbsentOverTime => Outcome::Number(1.0),
        F::FirstOverTime => over_time::first(window),
        F::LastOverTime => over_time::last(window),
        F::TsOfFirstOverTime => over_time::first_time(window).map(seconds).into(),
        F::TsOfLastOverTime => over_time::last_time(window).map(seconds).into(),
        F::MinOverTime | F::MaxOverTime | F::TsOfMinOverTime | F::TsOfMaxOverTime => {
            numbers_only(window, notes, |window| extremes::extreme(function, window))
        }
        F::StddevOverTime => numbers_only(window, notes, |window| spread::variance(window.values).map(f64::sqrt)),
        F::StdvarOverTime => numbers_only(window, notes, |window| spread::variance(window.values)),
        F::MadOverTime => numbers_only(window, notes, |window| spread::median_deviation(window.values)),
        F::QuantileOverTime => {
            let quantile = param(0);
            if !window.values.is_empty() && !(0.0..=1.0).contains(&quantile) {
                notes.add(Note::InvalidQuantile(quantile));
            }
            numbers_only(window, notes, |window| spread::quantile_of(quantile, window.values))
        }
        F::Deriv => numbers_only(window, notes, regression::slope),
        F::PredictLinear => numbers_only(window, notes, |window| regression::forecast(window, param(0))),
        F::DoubleExponentialSmoothing => {
            numbers_only(window, notes, |window| regression::smoothed(window.values, param(0), param(1)))
        }
    }
}

/// Histograms are left out, and that is said, when there are numbers too.
fn numbers_only(window: &Window<'_>, notes: &mut Notes, give: impl Fn(&Window<'_>) -> Option<f64>) -> Outcome {
    if window.is_mixed() {
        notes.add(Note::HistogramIgnoredInMixedRange);
    }
    if window.values.is_empty() { Outcome::None } else { give(window).into() }
}

#[cfg(test)]
mod tests;

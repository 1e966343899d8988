//! `irate` and `idelta`: the difference between the last two samples.

use std::sync::Arc;

use evenkeel_metric::{Histogram, ResetHint};

use super::{Outcome, Window, seconds};
use crate::notes::{Note, Notes};

/// A sample of either kind.
#[derive(Debug, Clone, Copy)]
enum Sample<'a> {
    Number(f64),
    Histogram(&'a Arc<Histogram>),
}

/// Source: Prometheus, `instantValue`.
pub(super) fn between_last_two(window: &Window<'_>, per_second: bool, notes: &mut Notes) -> Outcome {
    let Some(((first_at, first), (last_at, last))) = last_two(window) else { return Outcome::None };
    if first_at == last_at {
        return Outcome::None;
    }
    let apart = seconds(last_at - first_at);
    match (first, last) {
        (Sample::Number(first), Sample::Number(last)) => {
            let began_anew = per_second && last < first;
            let difference = if began_anew { last } else { last - first };
            Outcome::Number(if per_second { difference / apart } else { difference })
        }
        (Sample::Histogram(first), Sample::Histogram(last)) => {
            histograms(first, last, per_second.then_some(apart), notes).into()
        }
        _ => {
            notes.add(Note::MixedFloatsHistograms);
            Outcome::None
        }
    }
}

fn histograms(first: &Histogram, last: &Histogram, apart: Option<f64>, notes: &mut Notes) -> Option<Histogram> {
    let gauges = [first, last].map(|histogram| histogram.reset_hint == ResetHint::Gauge);
    if apart.is_some() && gauges.contains(&true) {
        notes.add(Note::HistogramNotCounter);
    }
    if apart.is_none() && gauges.contains(&false) {
        notes.add(Note::HistogramNotGauge);
    }
    let mut difference = last.clone();
    if apart.is_none() || !last.began_anew(first) {
        let Ok(added) = difference.sub(first) else {
            notes.add(Note::MixedExponentialCustom);
            return None;
        };
        if added.bounds_reconciled {
            notes.add(Note::MismatchedCustomBuckets("subtraction"));
        }
    }
    difference.reset_hint = ResetHint::Gauge;
    difference.compact();
    if let Some(apart) = apart {
        difference.div(apart);
    }
    Some(difference)
}

fn last_two<'a>(window: &Window<'a>) -> Option<((i64, Sample<'a>), (i64, Sample<'a>))> {
    let mut numbers = window.times.iter().zip(window.values).rev().map(|(at, value)| (*at, Sample::Number(*value)));
    let mut histograms = window.histograms.iter().rev().map(|(at, histogram)| (*at, Sample::Histogram(histogram)));
    let (mut number, mut histogram) = (numbers.next(), histograms.next());
    let mut latest = || {
        let number_is_later = match (&number, &histogram) {
            (Some((number, _)), Some((histogram, _))) => number > histogram,
            (number, _) => number.is_some(),
        };
        if number_is_later {
            std::mem::replace(&mut number, numbers.next())
        } else {
            std::mem::replace(&mut histogram, histograms.next())
        }
    };
    let last = latest()?;
    Some((latest()?, last))
}

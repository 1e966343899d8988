//! What is left of an error budget.

use evenkeel_model::{Objective, Promise};
use evenkeel_time::{Duration, Timestamp};

use crate::measure::{error_ratio, events};
use crate::{Period, period};

/// Asks a query at an instant, and gives the values of all its series.
pub type Ask<'a> = dyn Fn(&str, Timestamp) -> Result<Vec<f64>, String> + 'a;

/// Where something stands, or why nobody can say. None of the reasons is good news.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing<T> {
    /// There.
    Known(T),
    /// Too few events to say anything.
    TooLittle {
        /// So many there were.
        events: f64,
        /// So many it takes.
        least: f64,
    },
    /// There is nothing at all.
    NoData,
    /// The question could not be answered.
    Failed(String),
    /// Nothing says what is measured, or not in a language that is known here.
    Unmeasured,
}

/// What is left of an error budget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// From when until when it counts.
    pub period: Period,
    /// What is promised. Units: ratio from 0 to 1.
    pub target: f64,
    /// How many events, or slices of time, there were; `None`: nobody can say.
    pub events: Option<f64>,
    /// The share of them that was bad. Units: ratio from 0 to 1.
    pub error_ratio: f64,
    /// The share that may be bad. Units: ratio from 0 to 1.
    pub allowed_ratio: f64,
    /// How much of the budget is gone; above 1 it is overspent. In a calendar's window that is not over, the rest of it
    /// counts as carrying as much as the part that is. Units: ratio.
    pub consumed: f64,
    /// How much is left; negative is overspent. Units: ratio.
    pub remaining: f64,
    /// How fast it burns on the average; 1 uses it up just at the end.
    pub burn_rate: f64,
}

/// What is left of the budget of a promise at an instant.
pub fn budget(objective: &Objective, promise: &Promise, at: Timestamp, ask: &Ask<'_>) -> Standing<Budget> {
    let period = period(objective, at);
    let measured = measured(objective, promise, period.elapsed, at, ask);
    measured.map(|(error_ratio, events)| {
        let length = if objective.calendar.is_some() { period.until - period.from } else { period.elapsed };
        let burn_rate = rate(error_ratio, promise.target);
        let consumed = if burn_rate == 0.0 { 0.0 } else { burn_rate * share(period.elapsed, length) };
        Budget {
            period,
            target: promise.target,
            events,
            error_ratio,
            allowed_ratio: 1.0 - promise.target,
            consumed,
            remaining: 1.0 - consumed,
            burn_rate,
        }
    })
}

/// How fast the budget of a promise burnt over the last time; 1 uses it up just at the end of its window.
pub fn burn(objective: &Objective, promise: &Promise, over: Duration, at: Timestamp, ask: &Ask<'_>) -> Standing<f64> {
    measured(objective, promise, over, at, ask).map(|(error_ratio, _)| rate(error_ratio, promise.target))
}

impl<T> Standing<T> {
    fn map<U>(self, map: impl FnOnce(T) -> U) -> Standing<U> {
        match self {
            Self::Known(known) => Standing::Known(map(known)),
            Self::TooLittle { events, least } => Standing::TooLittle { events, least },
            Self::NoData => Standing::NoData,
            Self::Failed(error) => Standing::Failed(error),
            Self::Unmeasured => Standing::Unmeasured,
        }
    }

    /// What is known, if it is.
    #[must_use]
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(known) => Some(known),
            Self::TooLittle { .. } | Self::NoData | Self::Failed(_) | Self::Unmeasured => None,
        }
    }
}

/// The share of what was bad, and of how many events that is.
fn measured(
    objective: &Objective,
    promise: &Promise,
    over: Duration,
    at: Timestamp,
    ask: &Ask<'_>,
) -> Standing<(f64, Option<f64>)> {
    // What just began has nothing in it, and a range of no length is none.
    let over = Duration(over.0 - over.0.rem_euclid(1000));
    if over.0 <= 0 {
        return Standing::TooLittle { events: 0.0, least: objective.events_min };
    }
    let Some(asked) = error_ratio(objective.method, promise, over) else { return Standing::Unmeasured };
    let counted = match events(objective.method, promise, over).map(|query| ask(&query, at)) {
        Some(Ok(values)) => match sum(&values) {
            None => return Standing::NoData,
            Some(events) if events < objective.events_min || events <= 0.0 => {
                return Standing::TooLittle { events, least: objective.events_min };
            }
            counted => counted,
        },
        Some(Err(error)) => return Standing::Failed(error),
        None => None,
    };
    match ask(&asked, at) {
        Ok(values) => match mean(&values) {
            Some(error) => Standing::Known((error.clamp(0.0, 1.0), counted)),
            None => Standing::NoData,
        },
        Err(error) => Standing::Failed(error),
    }
}

fn sum(values: &[f64]) -> Option<f64> {
    let known = values.iter().filter(|value| !value.is_nan());
    (known.clone().count() > 0).then(|| known.sum())
}

fn mean(values: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "far fewer series than 2^53")]
    sum(values).map(|sum| sum / values.iter().filter(|value| !value.is_nan()).count() as f64)
}

/// Of a budget of nothing the first error takes more than all.
fn rate(error_ratio: f64, target: f64) -> f64 {
    let allowed = 1.0 - target;
    match (error_ratio > 0.0, allowed > 0.0) {
        (false, _) => 0.0,
        (true, true) => error_ratio / allowed,
        (true, false) => f64::INFINITY,
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of years are below 2^53")]
fn share(part: Duration, whole: Duration) -> f64 {
    if whole.0 > 0 { part.0 as f64 / whole.0 as f64 } else { 1.0 }
}

//! Where numbers are heading: the line through them, and double exponential smoothing.

use evenkeel_metric::Compensated;

use super::{Window, count, seconds};

/// How much the line through the numbers rises in a second.
pub(super) fn slope(window: &Window<'_>) -> Option<f64> {
    // Reckoned from a time near by, so that little is rounded away.
    line(window, *window.times.first()?).map(|(slope, _)| slope)
}

/// Where the line will be so many seconds behind the window.
pub(super) fn forecast(window: &Window<'_>, ahead: f64) -> Option<f64> {
    line(window, window.until).map(|(slope, intercept)| slope * ahead + intercept)
}

/// The line of least squares: how much it rises in a second, and where it is at an instant.
/// Source: Prometheus, `linearRegression`.
fn line(window: &Window<'_>, at: i64) -> Option<(f64, f64)> {
    let first = *window.values.first()?;
    if window.values.len() < 2 {
        return None;
    }
    let mut constant = true;
    let (mut x, mut y) = (Compensated::default(), Compensated::default());
    let (mut xy, mut xx) = (Compensated::default(), Compensated::default());
    for (time, value) in window.times.iter().zip(window.values) {
        #[expect(clippy::float_cmp, reason = "a line through equal numbers is exact")]
        let differs = *value != first;
        constant &= !differs;
        let apart = seconds(time - at);
        x = x.plus(apart);
        y = y.plus(*value);
        xy = xy.plus(apart * value);
        xx = xx.plus(apart * apart);
    }
    if constant {
        return Some(if first.is_infinite() { (f64::NAN, f64::NAN) } else { (0.0, first) });
    }
    let samples = count(window.values.len());
    let total = |sum: Compensated| sum.sum + sum.low;
    let (x, y, xy, xx) = (total(x), total(y), total(xy), total(xx));
    let slope = (xy - x * y / samples) / (xx - x * x / samples);
    Some((slope, y / samples - slope * x / samples))
}

/// Double exponential smoothing: recent values weigh more, and so do recent changes.
pub(super) fn smoothed(values: &[f64], smoothing: f64, trend: f64) -> Option<f64> {
    let (first, second) = (*values.first()?, *values.get(1)?);
    let (mut before, mut level, mut rise) = (0.0, first, second - first);
    for (place, value) in values.iter().enumerate().skip(1) {
        if place > 1 {
            rise = trend * (level - before) + (1.0 - trend) * rise;
        }
        let next = smoothing * value + (1.0 - smoothing) * (level + rise);
        (before, level) = (level, next);
    }
    Some(level)
}

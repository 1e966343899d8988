//! When a budget burns too fast: the windows of the SRE workbook, for a budget over any time.
//!
//! Source: Google, "The Site Reliability Workbook", chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"; the pairs are Sloth's.

use evenkeel_time::Duration;

/// A pair of windows in both of which a budget burns too fast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BurnWindow {
    /// The shorter one: whether it still burns.
    pub short: Duration,
    /// The longer one: whether it is worth it.
    pub long: Duration,
    /// Above this it burns too fast; 1 uses the budget up just at the end.
    pub rate: f64,
    /// Whether somebody is paged; else it is a ticket.
    pub page: bool,
}

const MONTH: Duration = Duration::hours(30 * 24);
const DAY: Duration = Duration::hours(24);

/// Short and long window for a month, the share of the budget that is gone after the long one, and whether it pages.
const PAIRS: [(Duration, Duration, f64, bool); 4] = [
    (Duration::minutes(5), Duration::hours(1), 0.02, true),
    (Duration::minutes(30), Duration::hours(6), 0.05, true),
    (Duration::hours(2), DAY, 0.10, false),
    (Duration::hours(6), Duration::hours(3 * 24), 0.10, false),
];

/// The pairs for a budget over a time, the fastest first. About a month has the workbook's; other times have windows in
/// proportion, in whole minutes.
#[must_use]
pub fn burn_windows(period: Duration) -> [BurnWindow; 4] {
    let is_month = (DAY * 28..=DAY * 31).contains(&period);
    PAIRS.map(|(short, long, share, page)| {
        let scaled = |window: Duration| if is_month { window } else { in_minutes(window, period) };
        let (short, long) = (scaled(short), scaled(long));
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of years are below 2^53")]
        let rate = share * (period.0 as f64) / (long.0 as f64);
        BurnWindow { short, long, rate: (rate * 1e6).round() / 1e6, page }
    })
}

fn in_minutes(window: Duration, period: Duration) -> Duration {
    let scaled = i128::from(window.0) * i128::from(period.0) / i128::from(MONTH.0);
    let minutes = i64::try_from((scaled + 30_000) / 60_000).unwrap_or(i64::MAX / 60_000);
    Duration::minutes(minutes.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_the_workbooks_windows_and_other_times_have_them_in_proportion() {
        let shown = |period: Duration| -> Vec<String> {
            let each = burn_windows(period);
            each.iter().map(|window| format!("{}/{} {}", window.short, window.long, window.rate)).collect()
        };
        assert_eq!(shown(MONTH), ["5m/1h 14.4", "30m/6h 6", "2h/1d 3", "6h/3d 1"]);
        assert_eq!(shown(DAY * 28), ["5m/1h 13.44", "30m/6h 5.6", "2h/1d 2.8", "6h/3d 0.933333"]);
        assert_eq!(shown(DAY * 90), ["15m/3h 14.4", "1h30m/18h 6", "6h/3d 3", "18h/9d 1"]);
        assert_eq!(shown(DAY * 7), ["1m/14m 14.4", "7m/1h24m 6", "28m/5h36m 3", "1h24m/16h48m 1"]);
    }
}

//! Days and times in UTC, so that a report reads the same wherever it was made.

use evenkeel_time::{Duration, Timestamp, Zone};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `2026-11-20`.
#[must_use]
pub fn day(at: Timestamp) -> String {
    let civil = Zone::UTC.civil(at);
    format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day)
}

/// `2026-11-20 12:00 UTC`.
#[must_use]
pub fn minute(at: Timestamp) -> String {
    let civil = Zone::UTC.civil(at);
    format!("{} {:02}:{:02} UTC", day(at), civil.minute / 60, civil.minute % 60)
}

/// `20 November 2026`.
pub(crate) fn spoken(at: Timestamp) -> String {
    let civil = Zone::UTC.civil(at);
    let month = MONTHS.get(usize::from(civil.month).saturating_sub(1)).copied().unwrap_or_default();
    format!("{} {month} {}", civil.day, civil.year)
}

/// `90 days` where it is whole days, else as durations are written.
#[must_use]
pub fn length(length: Duration) -> String {
    const DAY: i64 = 24 * 3_600_000;
    match (length.0 / DAY, length.0 % DAY) {
        (1, 0) => "1 day".to_owned(),
        (days, 0) if days > 0 => format!("{days} days"),
        _ => length.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_shown_by_day_and_minute() {
        let at: Timestamp = "2026-11-20T09:05:59Z".parse().expect("an instant");
        assert_eq!(minute(at), "2026-11-20 09:05 UTC");
        assert_eq!(spoken(at), "20 November 2026");
        assert_eq!(length(Duration::hours(24 * 90)), "90 days");
        assert_eq!(length(Duration::hours(25)), "1d1h");
    }
}

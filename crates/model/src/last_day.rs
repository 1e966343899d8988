//! Until when something holds, as people wrote it: by its last day.

use evenkeel_time::{Duration, Timestamp};

/// The last day of what ends at that instant, when that is the end of a day in UTC.
#[must_use]
pub fn last_day(end: Timestamp) -> Option<String> {
    let last = (end - Duration::millis(1)).to_string();
    last.strip_suffix("T23:59:59.999Z").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_day_has_one() {
        let day = |text: &str| last_day(text.parse().expect("an instant"));
        assert_eq!(day("2026-11-01T00:00:00Z").as_deref(), Some("2026-10-31"));
        assert_eq!(day("2026-10-31T18:00:00Z"), None);
        assert_eq!(day("2026-11-01T00:00:00.001Z"), None);
    }
}

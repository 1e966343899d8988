//! Times as the person reads them on their own wall clock.

use evenkeel_time::{Civil, Timestamp, Zone};

const MINUTE_MS: i64 = 60_000;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A person's wall clock at an instant.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    pub(super) zone: Zone,
    pub(super) now: Timestamp,
}

impl Clock {
    /// `04:05`, with the date where it is another day than today.
    pub(super) fn at(&self, at: Timestamp) -> String {
        let (civil, today) = (self.zone.civil(at), self.zone.civil(self.now));
        let time = format!("{:02}:{:02}", civil.minute / 60, civil.minute % 60);
        if civil.day_number() == today.day_number() { time } else { format!("{} {time}", date(civil)) }
    }

    /// `04:05 (12 minutes)`: how long ago, too.
    pub(super) fn since(&self, at: Timestamp) -> String {
        format!("{} ({})", self.at(at), self.long_ago(at))
    }

    /// Date and time.
    pub(super) fn today(&self) -> String {
        format!("{}, {}", date(self.zone.civil(self.now)), self.at(self.now))
    }

    fn long_ago(&self, at: Timestamp) -> String {
        let minutes = (self.now.0.saturating_sub(at.0) / MINUTE_MS).max(0);
        match minutes {
            0 => "just now".to_owned(),
            1 => "1 minute".to_owned(),
            2..120 => format!("{minutes} minutes"),
            120..2880 => format!("{} hours", minutes / 60),
            _ => format!("{} days", minutes / 1440),
        }
    }
}

fn date(civil: Civil) -> String {
    let month = MONTHS.get(usize::from(civil.month).saturating_sub(1)).copied().unwrap_or("?");
    format!("{} {month} {}", civil.day, civil.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_person_and_dates_are_told_where_they_differ() {
        let now: Timestamp = "2026-01-02T23:30:00Z".parse().expect("an instant");
        let clock = Clock { zone: Zone::named("Europe/Berlin").expect("a zone"), now };
        let shown = |text: &str| clock.since(text.parse().expect("an instant"));
        assert_eq!(shown("2026-01-02T23:29:30Z"), "00:29 (just now)");
        assert_eq!(shown("2026-01-02T23:29:00Z"), "00:29 (1 minute)");
        assert_eq!(shown("2026-01-02T22:59:59Z"), "2 Jan 2026 23:59 (30 minutes)");
        assert_eq!(shown("2026-01-02T20:00:00Z"), "2 Jan 2026 21:00 (3 hours)");
        assert_eq!(shown("2025-12-24T23:30:00Z"), "25 Dec 2025 00:30 (9 days)");
        assert_eq!(shown("2026-01-03T00:00:00Z"), "01:00 (just now)");
        assert_eq!(clock.today(), "3 Jan 2026, 00:30");
    }
}

//! Times as the reader's wall clock shows them.

use evenkeel_time::{Civil, Timestamp, Zone};

const MINUTE_MS: i64 = 60_000;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The reader's wall clock at the instant of the page.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Whose wall clock.
    pub zone: Zone,
    /// The present instant.
    pub now: Timestamp,
}

/// One instant, in every way that a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// As RFC 3339 in UTC: for machines, and on hover.
    pub instant: String,
    /// `04:05`, with the date where that is another day than today.
    pub at: String,
    /// `12 min ago`, `in 3 h`.
    pub apart: String,
}

impl Clock {
    /// An instant.
    #[must_use]
    pub fn moment(&self, at: Timestamp) -> Moment {
        Moment { instant: at.to_string(), at: self.at(at), apart: self.apart(at) }
    }

    /// `04:05`, with the date where it is another day than today.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> String {
        let (civil, today) = (self.zone.civil(at), self.zone.civil(self.now));
        let time = time_of_day(civil);
        if civil.day_number() == today.day_number() {
            time
        } else if civil.year == today.year {
            format!("{} {time}", short_day(civil))
        } else {
            format!("{} {} {time}", short_day(civil), civil.year)
        }
    }

    /// `Mon 2 Mar`.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> String {
        let civil = self.zone.civil(at);
        let weekday = DAYS.get(usize::from(civil.weekday()).saturating_sub(1)).copied().unwrap_or("");
        format!("{weekday} {}", short_day(civil))
    }

    /// How long ago, or in how long.
    #[must_use]
    pub fn apart(&self, at: Timestamp) -> String {
        let apart_ms = self.now.0.saturating_sub(at.0);
        let said = long(apart_ms.saturating_abs());
        if apart_ms <= -MINUTE_MS {
            format!("in {said}")
        } else if apart_ms >= MINUTE_MS {
            format!("{said} ago")
        } else {
            "just now".to_owned()
        }
    }
}

/// `12 min`, `3 h`, `4 d`: a length of time. Units: milliseconds.
#[must_use]
pub(crate) fn long(ms: i64) -> String {
    let minutes = (ms / MINUTE_MS).max(0);
    match minutes {
        0 => "under 1 min".to_owned(),
        1..120 => format!("{minutes} min"),
        120..2880 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1440),
    }
}

fn time_of_day(civil: Civil) -> String {
    format!("{:02}:{:02}", civil.minute / 60, civil.minute % 60)
}

fn short_day(civil: Civil) -> String {
    let month = MONTHS.get(usize::from(civil.month).saturating_sub(1)).copied().unwrap_or("?");
    format!("{} {month}", civil.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_reader() {
        let now: Timestamp = "2026-01-02T23:30:00Z".parse().expect("an instant");
        let clock = Clock { zone: Zone::named("Europe/Berlin").expect("a zone"), now };
        let shown = |text: &str| {
            let moment = clock.moment(text.parse().expect("an instant"));
            format!("{} ({})", moment.at, moment.apart)
        };
        assert_eq!(shown("2026-01-02T23:29:30Z"), "00:29 (just now)");
        assert_eq!(shown("2026-01-02T23:00:00Z"), "00:00 (30 min ago)");
        assert_eq!(shown("2026-01-02T22:00:00Z"), "2 Jan 23:00 (90 min ago)");
        assert_eq!(shown("2025-12-24T23:30:00Z"), "25 Dec 2025 00:30 (9 d ago)");
        assert_eq!(shown("2026-01-03T03:30:00Z"), "04:30 (in 4 h)");
        assert_eq!(clock.day(now), "Sat 3 Jan");
    }
}

//! An instant that means the same on every machine.

use std::fmt;
use std::str::FromStr;

use evenkeel_time::Timestamp;

/// An instant as a person writes it: RFC 3339, or a date, which is its midnight UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

/// The text is no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMoment;

impl fmt::Display for NoMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a time such as `2026-12-24T09:00:00Z`, or a date such as `2026-12-24`")
    }
}

impl std::error::Error for NoMoment {}

impl FromStr for Moment {
    type Err = NoMoment;

    fn from_str(text: &str) -> Result<Self, NoMoment> {
        let midnight = || format!("{text}T00:00:00Z").parse().ok();
        text.parse().ok().or_else(midnight).map(Self).ok_or(NoMoment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_its_midnight_in_utc() {
        let shown = |text: &str| text.parse().map(|Moment(at)| at.to_string());
        assert_eq!(shown("2026-12-24").as_deref(), Ok("2026-12-24T00:00:00.000Z"));
        assert_eq!(shown("2026-12-24T09:00:00+01:00").as_deref(), Ok("2026-12-24T08:00:00.000Z"));
        for wrong in ["", "tomorrow", "2026-02-30", "2026-12-24T09:00", "24.12.2026"] {
            assert_eq!(shown(wrong), Err(NoMoment), "{wrong}");
        }
    }
}

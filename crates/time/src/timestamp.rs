//! Instants.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use crate::Duration;

/// An instant. Units: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Later than every instant that can be printed.
    pub const MAX: Self = Self(i64::MAX);

    /// This instant moved by a length of time, which may be negative.
    #[must_use]
    pub const fn saturating_add(self, by: Duration) -> Self {
        Self(self.0.saturating_add(by.0))
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;
    fn add(self, by: Duration) -> Self {
        self.saturating_add(by)
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;
    fn sub(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(by.0))
    }
}

impl Sub for Timestamp {
    type Output = Duration;
    fn sub(self, other: Self) -> Duration {
        Duration(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC with milliseconds, `2026-01-02T03:04:05.678Z`; out of range as the bare number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(instant) => write!(f, "{instant:.3}"),
            Err(_) => write!(f, "{}", self.0),
        }
    }
}

/// Why a text is not an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseTimestampError;

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 instant such as `2026-01-02T03:04:05Z`")
    }
}

impl std::error::Error for ParseTimestampError {}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    /// RFC 3339. Finer than a millisecond is cut off. Go's zero time, `0001-01-01T00:00:00Z`, reads as that instant.
    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        let instant: jiff::Timestamp = text.parse().map_err(|_| ParseTimestampError)?;
        Ok(Self(instant.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_print_as_rfc_3339_and_read_back() {
        let at: Timestamp = "2026-11-20T10:00:00.123456789+01:00".parse().expect("an instant");
        assert_eq!(at.to_string(), "2026-11-20T09:00:00.123Z");
        assert_eq!(at.to_string().parse(), Ok(at));
        assert_eq!(Timestamp(0).to_string(), "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn gos_zero_time_and_nonsense_are_told_apart() {
        assert!("0001-01-01T00:00:00Z".parse::<Timestamp>().expect("an instant") < Timestamp(0));
        assert!("yesterday".parse::<Timestamp>().is_err());
        assert_eq!(Timestamp::MAX + Duration::hours(1), Timestamp::MAX);
    }
}

//! Lengths of time in Prometheus's notation (`1h30m`, `500ms`, `0`).

use std::fmt;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;

/// A length of time. Units: milliseconds. May be negative as a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Duration(pub i64);

/// The units in the order in which they must be written, each with its milliseconds.
const UNITS: [(&str, i64); 7] = [
    ("y", 365 * 24 * 3_600_000),
    ("w", 7 * 24 * 3_600_000),
    ("d", 24 * 3_600_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1000),
    ("ms", 1),
];

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    #[must_use]
    pub const fn millis(ms: i64) -> Self {
        Self(ms)
    }

    /// So many seconds.
    #[must_use]
    pub const fn secs(s: i64) -> Self {
        Self(s * 1000)
    }

    /// So many minutes.
    #[must_use]
    pub const fn minutes(m: i64) -> Self {
        Self(m * 60_000)
    }

    /// So many hours.
    #[must_use]
    pub const fn hours(h: i64) -> Self {
        Self(h * 3_600_000)
    }

    /// As the standard library's type; a negative one becomes zero.
    #[must_use]
    pub fn to_std(self) -> std::time::Duration {
        std::time::Duration::from_millis(u64::try_from(self.0).unwrap_or(0))
    }
}

impl Add for Duration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Duration {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul<i64> for Duration {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl fmt::Display for Duration {
    /// As Prometheus prints it: weeks and years only where they come out even.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let mut rest = self.0.unsigned_abs();
        for (unit, ms) in UNITS {
            let ms = ms.unsigned_abs();
            let whole_only = matches!(unit, "y" | "w");
            if rest < ms || (whole_only && !rest.is_multiple_of(ms)) {
                continue;
            }
            write!(f, "{}{unit}", rest / ms)?;
            rest %= ms;
        }
        Ok(())
    }
}

/// Why a text is not a duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseDurationError;

impl fmt::Display for ParseDurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a duration: write numbers with units y w d h m s ms from large to small, such as `1h30m`")
    }
}

impl std::error::Error for ParseDurationError {}

impl FromStr for Duration {
    type Err = ParseDurationError;

    /// Source: Prometheus `model.ParseDuration`: each unit at most once, from large to small; `0` alone is allowed.
    fn from_str(text: &str) -> Result<Self, ParseDurationError> {
        if text == "0" {
            return Ok(Self::ZERO);
        }
        let mut rest = text;
        let mut units = UNITS.iter();
        let mut total: i64 = 0;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, tail) = rest.split_at(digits);
            let letters = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
            let (unit, tail) = tail.split_at(letters);
            let (_, ms) = units.by_ref().find(|(name, _)| *name == unit).ok_or(ParseDurationError)?;
            let number: i64 = number.parse().map_err(|_| ParseDurationError)?;
            total = number.checked_mul(*ms).and_then(|part| total.checked_add(part)).ok_or(ParseDurationError)?;
            rest = tail;
        }
        if text.is_empty() { Err(ParseDurationError) } else { Ok(Self(total)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_reads_and_prints() {
        for (text, ms, printed) in [
            ("0", 0, "0s"),
            ("5m", 300_000, "5m"),
            ("1h30m", 5_400_000, "1h30m"),
            ("500ms", 500, "500ms"),
            ("1w", 604_800_000, "1w"),
            ("8d", 691_200_000, "8d"),
            ("1d2h3m4s5ms", 93_784_005, "1d2h3m4s5ms"),
        ] {
            assert_eq!(text.parse(), Ok(Duration(ms)), "{text}");
            assert_eq!(Duration(ms).to_string(), printed);
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in ["", "5", "m", "5x", "1m1h", "1m1m", "-1s", "1.5h", "999999999999999y", "5m ", "٣s"] {
            assert_eq!(text.parse::<Duration>(), Err(ParseDurationError), "{text}");
        }
    }
}

#[cfg(test)]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_reads_back(ms in 0..i64::MAX) {
            prop_assert_eq!(Duration(ms).to_string().parse(), Ok(Duration(ms)));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = text.parse::<Duration>();
            let _ = text.parse::<crate::Timestamp>();
        }
    }
}

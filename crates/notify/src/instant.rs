//! Instants as Go prints them in JSON.

use std::fmt;

use evenkeel_time::Timestamp;
use serde::ser::{Serialize, Serializer};

/// RFC 3339 without trailing zeros; no instant is Go's zero time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GoTime(pub(crate) Option<Timestamp>);

const DAY_MS: i64 = 86_400_000;
/// 0001-01-01T00:00:00Z, and the first instant of the year 10000.
const PRINTABLE: std::ops::Range<i64> = -62_135_596_800_000..253_402_300_800_000;

impl fmt::Display for GoTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(at) = self.0 else { return f.write_str("0001-01-01T00:00:00Z") };
        // Go refuses to print what is outside; the nearest instant inside is worth more than nothing.
        let ms = at.0.clamp(PRINTABLE.start, PRINTABLE.end - 1);
        let (year, month, day) = civil(ms.div_euclid(DAY_MS));
        let of_day = ms.rem_euclid(DAY_MS);
        let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1000 % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match of_day % 1000 {
            0 => f.write_str("Z"),
            fraction if fraction % 100 == 0 => write!(f, ".{}Z", fraction / 100),
            fraction if fraction % 10 == 0 => write!(f, ".{:02}Z", fraction / 10),
            fraction => write!(f, ".{fraction:03}Z"),
        }
    }
}

impl Serialize for GoTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Year, month and day of a day counted from 1970-01-01.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_print_as_in_go() {
        let shown = |text: &str| GoTime(text.parse().ok()).to_string();
        assert_eq!(shown("2026-11-20T09:00:00Z"), "2026-11-20T09:00:00Z");
        assert_eq!(shown("2026-11-20T09:00:00.120Z"), "2026-11-20T09:00:00.12Z");
        assert_eq!(shown("2026-11-20T09:00:00.1Z"), "2026-11-20T09:00:00.1Z");
        assert_eq!(shown("2026-11-20T09:00:00.003Z"), "2026-11-20T09:00:00.003Z");
        assert_eq!(shown("2024-02-29T23:59:59.999Z"), "2024-02-29T23:59:59.999Z");
        assert_eq!(shown("1969-12-31T23:59:59.999Z"), "1969-12-31T23:59:59.999Z");
        assert_eq!(shown("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00Z");
        assert_eq!(GoTime(None).to_string(), "0001-01-01T00:00:00Z");
        assert_eq!(GoTime(Some(Timestamp::MAX)).to_string(), "9999-12-31T23:59:59.999Z");
    }

    proptest::proptest! {
        #[test]
        fn every_instant_reads_back(ms in -62_135_596_800_000..253_402_300_800_000_i64) {
            proptest::prop_assert_eq!(GoTime(Some(Timestamp(ms))).to_string().parse(), Ok(Timestamp(ms)));
        }
    }
}

//! Dates and times as clocks on walls show them.

/// Minutes of a day.
pub(crate) const DAY_MINUTES: i64 = 24 * 60;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH_DAYS: i64 = 719_468;
/// Days of 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;

/// A date and a time of day on some wall clock, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// Year.
    pub year: i16,
    /// 1 is January.
    pub month: u8,
    /// Of the month, from 1.
    pub day: u8,
    /// Of the day, below 1440.
    pub minute: u16,
}

impl Civil {
    /// Before it there is nothing.
    pub const MIN: Self = Self { year: i16::MIN, month: 1, day: 1, minute: 0 };
    /// After it there is nothing.
    pub const MAX: Self = Self { year: i16::MAX, month: 12, day: 31, minute: 1439 };

    /// Days since 1970-01-01; a day that its month does not have counts on into the next one.
    #[must_use]
    pub fn day_number(self) -> i64 {
        day_number(i64::from(self.year), i64::from(self.month), i64::from(self.day))
    }

    /// Minutes of the wall clock since 1970-01-01T00:00, each day with its 1440.
    #[must_use]
    pub fn minute_number(self) -> i64 {
        self.day_number() * DAY_MINUTES + i64::from(self.minute)
    }

    /// The time so many minutes of the wall clock after 1970-01-01T00:00; the nearest there is, beyond the years.
    #[must_use]
    pub fn from_minute_number(minutes: i64) -> Self {
        let (year, month, day) = date(minutes.div_euclid(DAY_MINUTES));
        let Ok(year) = i16::try_from(year) else { return if year < 0 { Self::MIN } else { Self::MAX } };
        let [month, day] = [month, day].map(|part| u8::try_from(part).unwrap_or(1));
        Self { year, month, day, minute: u16::try_from(minutes.rem_euclid(DAY_MINUTES)).unwrap_or(0) }
    }

    /// The same time of day so many days later, or earlier.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_minutes(days.saturating_mul(DAY_MINUTES))
    }

    /// So many minutes of the wall clock later, or earlier.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self::from_minute_number(self.minute_number().saturating_add(minutes))
    }

    /// How many midnights lie between this date and a later one; negative to an earlier one.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.day_number() - self.day_number()
    }

    /// The weekday; 0 is Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        weekday(self.day_number())
    }

    /// How many days its month has.
    #[must_use]
    pub fn days_in_month(self) -> u8 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        u8::try_from(day_number(year, month + 1, 1) - day_number(year, month, 1)).unwrap_or(31)
    }
}

/// The weekday of a day since 1970-01-01, which was a Thursday; 0 is Sunday.
pub(crate) fn weekday(day_number: i64) -> u8 {
    u8::try_from((day_number + 4).rem_euclid(7)).unwrap_or(0)
}

/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`. Years begin in March, so
/// that the day that may be missing is the last.
pub(crate) fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let months = year * 12 + month - 3;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    era * ERA_DAYS + year * 365 + year / 4 - year / 100 + day_of_year - EPOCH_DAYS
}

/// Year, month and day. Source: the same, `civil_from_days`.
pub(crate) fn date(day_number: i64) -> (i64, i64, i64) {
    let days = day_number + EPOCH_DAYS;
    let (era, day) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let months = month + 2;
    (year + era * 400 + months / 12, months % 12 + 1, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn civil(year: i16, month: u8, day: u8, minute: u16) -> Civil {
        Civil { year, month, day, minute }
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(civil(1970, 1, 1, 0).minute_number(), 0);
        assert_eq!(civil(1969, 12, 31, 1439).minute_number(), -1);
        assert_eq!(civil(2024, 2, 28, 600).plus_days(1), civil(2024, 2, 29, 600));
        assert_eq!(civil(2026, 2, 28, 600).plus_days(1), civil(2026, 3, 1, 600));
        assert_eq!(civil(2026, 3, 1, 10).plus_minutes(-11), civil(2026, 2, 28, 1439));
        assert_eq!(civil(2026, 12, 31, 0).days_until(civil(2027, 3, 1, 1439)), 60);
        assert_eq!((civil(2026, 11, 20, 0).weekday(), civil(2026, 11, 22, 0).weekday()), (5, 0));
        assert_eq!((civil(2024, 2, 1, 0).days_in_month(), civil(2026, 12, 1, 0).days_in_month()), (29, 31));
    }

    #[test]
    fn every_day_of_1200_years_follows_the_one_before() {
        let mut day = civil(1600, 1, 1, 0);
        for number in day.day_number()..civil(2800, 1, 1, 0).day_number() {
            let jiff =
                jiff::civil::Date::new(day.year, day.month.cast_signed(), day.day.cast_signed()).expect("a date");
            assert_eq!(day.day_number(), number);
            assert_eq!(day.weekday().cast_signed(), jiff.weekday().to_sunday_zero_offset());
            assert_eq!(day.days_in_month().cast_signed(), jiff.days_in_month());
            let next = day.plus_days(1);
            assert!(day < next && day.days_until(next) == 1);
            day = next;
        }
        assert_eq!(day, civil(2800, 1, 1, 0));
    }

    #[test]
    fn beyond_the_years_is_the_nearest_there_is() {
        assert_eq!(Civil::MAX.plus_minutes(1), Civil::MAX);
        assert_eq!(Civil::MIN.plus_days(i64::MIN), Civil::MIN);
        assert_eq!(Civil::from_minute_number(i64::MAX), Civil::MAX);
        assert_eq!(Civil::from_minute_number(i64::MIN), Civil::MIN);
        assert_eq!(Civil::from_minute_number(Civil::MIN.minute_number()), Civil::MIN);
        assert_eq!(Civil::from_minute_number(Civil::MAX.minute_number()), Civil::MAX);
        assert_eq!(civil(2026, 4, 31, 0).day_number(), civil(2026, 5, 1, 0).day_number());
        let nonsense = civil(i16::MAX, u8::MAX, u8::MAX, u16::MAX);
        assert_eq!(nonsense.plus_days(i64::MAX), Civil::MAX);
    }
}

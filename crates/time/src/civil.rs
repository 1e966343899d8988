//! Dates and times as clocks on walls show them.

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

/// A window that recurs every week: a time of day on some weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeeklyWindow {
    /// On which weekdays it begins; bit 0 is Sunday.
    pub weekdays: u8,
    /// Minute of the day at which it begins, below 1440.
    pub start: u16,
    /// Minute of the day at which it ends, at most 1440, not included; not after `start`: on the day after.
    pub end: u16,
}

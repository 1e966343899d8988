//! Change calendars in iCalendar as parsed.

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_time::{Recurrence, Timestamp, WallTime, Zone};

use super::Text;

/// One `VCALENDAR`.
#[derive(Debug, Clone)]
pub struct CalendarDocument {
    /// The file's path, relative to the ops repo.
    pub path: Box<str>,
    /// Where it begins.
    pub span: Span,
    /// `X-CALENDAR-TYPE`: whether events open the gate, or close it.
    pub default_closed: bool,
    /// Its `VEVENT`s.
    pub events: Vec<CalendarEvent>,
}

/// One `VEVENT`.
#[derive(Debug, Clone)]
pub struct CalendarEvent {
    /// Where it is written: its first line.
    pub span: Span,
    /// `UID`.
    pub uid: Option<Text>,
    /// `SUMMARY`.
    pub summary: Option<Text>,
    /// `DTSTART`, on the wall clock of `zone`.
    pub starts: Spanned<WallTime>,
    /// The zone of `DTSTART`: its `TZID`, else the calendar's, else UTC.
    pub zone: Zone,
    /// `DTSTART` as an instant.
    pub start: Timestamp,
    /// `DTEND`, or `DTSTART` and `DURATION`, of the first occurrence; never before its start.
    pub end: Timestamp,
    /// `RRULE`.
    pub recurrence: Option<Spanned<Recurrence>>,
    /// `RDATE`: when it happens besides.
    pub also: Vec<Timestamp>,
    /// `EXDATE`: when it does not happen after all.
    pub except: Vec<Timestamp>,
    /// `RECURRENCE-ID`: the occurrence of the event with the same `UID` that this one stands for.
    pub replaces: Option<Timestamp>,
    /// `STATUS:CANCELLED`.
    pub cancelled: bool,
}

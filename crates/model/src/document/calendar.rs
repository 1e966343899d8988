//! Change calendars in iCalendar as parsed.

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_time::Timestamp;

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
    /// Where it is written.
    pub span: Span,
    /// `UID`.
    pub uid: Option<Text>,
    /// `SUMMARY`.
    pub summary: Option<Text>,
    /// `DTSTART`, in its zone.
    pub start: Timestamp,
    /// `DTEND`, or `DTSTART` and `DURATION`.
    pub end: Timestamp,
    /// `RRULE`, as written.
    pub recurrence: Option<Spanned<Box<str>>>,
    /// When it begins at all, in order, over the time that was looked at; empty: never.
    pub first: Option<Timestamp>,
    /// When the last occurrence ends; `None`: never.
    pub last_end: Option<Timestamp>,
}

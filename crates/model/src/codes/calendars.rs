//! Codes of change calendars.

codes! {
    DUPLICATE_UID = "duplicate-uid", "two events of a calendar have the same `UID`, so one of them may be taken for the other";
    FLOATING_TIME = "floating-time", "a time in a calendar names no zone and is read as UTC";
    INVALID_CALENDAR = "invalid-calendar", "a file is no calendar, or something in it is not as iCalendar has it";
    NEVER_HAPPENS = "never-happens", "an event's recurrence never comes to pass";
    ZERO_LENGTH_EVENT = "zero-length-event", "an event ends when it begins";
}

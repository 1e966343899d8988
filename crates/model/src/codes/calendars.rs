//! Codes of change calendars.

codes! {
    NEVER_HAPPENS = "never-happens", "an event's recurrence never comes to pass";
}

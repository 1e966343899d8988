//! Codes of on-call cover and of escalation.

codes! {
    UNCOVERED_HOURS = "uncovered-hours", "nobody is on call at some time of the next 365 days";
}

//! Codes of on-call cover and of escalation.

codes! {
    DEAD_END_ESCALATION = "dead-end-escalation", "an escalation policy, or the end of the last resort, leads to nobody who can be reached";
    IDLE_OVERRIDE = "idle-override", "an override replaces somebody who is not on call while it holds";
    NO_APPROVER = "no-approver", "what an audience is told waits for approval by nobody";
    QUIET_HOURS_COVER_EVERYTHING = "quiet-hours-cover-everything", "quiet hours never end for a severity, or keep the worst pages back";
    REPEATED_STEP = "repeated-step", "a step of an escalation policy pages only whom the step before paged";
    SCHEDULE_TOO_LARGE = "schedule-too-large", "a schedule has too many layers and restrictions to look for uncovered hours";
    SINGLE_PERSON_ESCALATION = "single-person-escalation", "an escalation policy pages one person and nobody else";
    STALE_OVERRIDE = "stale-override", "an override of a schedule is over";
    UNCOVERED_HOURS = "uncovered-hours", "nobody is on call at some time of the next 365 days";
}

//! Codes of status pages and of planned work.

codes! {
    NO_MAIL_RECEIVER = "no-mail-receiver", "a status page sends mail through a receiver that sends none";
    PAST_MAINTENANCE = "past-maintenance", "planned work was over before the first day that any status page shows";
    SILENT_AUDIENCE = "silent-audience", "no communication plan tells the audience of a status page anything";
    UNSHOWN_WORKLOAD = "unshown-workload", "customers notice when a workload fails, and no component of their status page has it";
}

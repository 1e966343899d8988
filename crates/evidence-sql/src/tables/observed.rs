//! What Evenkeel itself did and saw outside of incidents: starts, plans, findings, alerts, notices, people's rights,
//! attestations and improvements.

use super::{RECORD, observed};
use crate::table::{Column, Table, text, whole};

pub(super) fn tables() -> Vec<Table> {
    let mut tables = system();
    tables.extend(alerting());
    tables.extend(access());
    tables.extend(review());
    tables
}

const AT: Column = whole("at", "When").always().index();
const ID: Column = text("id", "Its id").always().index();

fn system() -> Vec<Table> {
    vec![
        observed(
            "starts",
            "Starts of the program",
            &[RECORD, AT, text("version", "The program's version"), whole("down_for_ms", "How long it had been down")],
        ),
        observed(
            "plans",
            "Plans that were adopted",
            &[
                text("id", "The plan's hash").always().index(),
                RECORD,
                AT,
                text("commit_id", "Hash of the commit it stands in; unknown of a plain folder"),
                whole("signed", "Whether that commit is signed"),
                whole("findings", "How many findings it had"),
                whole("orphans", "How many live objects it left behind"),
                whole("replaced_at", "When the next plan was adopted"),
            ],
        ),
        observed(
            "plan_refusals",
            "Changes of the ops repo that could not be resolved, so the plan before them stayed",
            &[RECORD, AT, whole("errors", "How many errors it had")],
        ),
        observed(
            "findings",
            "What `check` has to say of the plan that is in force",
            &[
                text("code", "The finding's code, such as `no-owner`").always().index(),
                text("path", "The file it is in"),
                whole("count", "How often it is found there").always(),
                whole("allowed", "How many of those an `Allowance` accepts").always(),
                RECORD,
                AT,
            ],
        ),
    ]
}

fn alerting() -> Vec<Table> {
    vec![
        observed(
            "alerts",
            "Alerts, one row from firing to resolved",
            &[
                ID,
                RECORD,
                AT,
                text("alertname", "Its label `alertname`").index(),
                text("severity", "Its label `severity`"),
                text("workload", "Its label `workload`, else that of its incident").index(),
                text("team", "The team that owns the workload"),
                whole("starts_at", "When it began, as the sender has it"),
                whole("resolved_at", "When it ended"),
                text("cause", "Why it counts as resolved: `told` or `expired`"),
                whole("fired", "How often it began to fire").always(),
                whole("drill", "Whether it belongs to a drill, by its label `drill=\"true\"`").always(),
            ],
        ),
        observed(
            "silences",
            "Silences",
            &[
                ID,
                RECORD,
                AT,
                whole("starts_at", "From when"),
                whole("ends_at", "Until when"),
                whole("expired_at", "When somebody ended it before its time"),
            ],
        ),
        observed(
            "notices",
            "Notices, each one message for one integration",
            &[
                ID,
                RECORD,
                text("receiver", "Who is told"),
                text("integration", "Through what, such as `webhook[0]`"),
                whole("firing", "How many alerts in it fire").always(),
                whole("resolved", "How many alerts in it are resolved").always(),
                AT,
                whole("delivered_at", "When it arrived"),
                whole("failed_at", "When it was given up"),
                whole("attempts", "How many attempts it took"),
            ],
        ),
    ]
}

fn access() -> Vec<Table> {
    vec![
        observed(
            "overrides",
            "Overrides of schedules: somebody else on call for a while",
            &[
                ID,
                RECORD,
                text("schedule", "Of which schedule"),
                text("person", "Who is on call"),
                whole("starts_at", "From when"),
                whole("ends_at", "Until when"),
                whole("removed_at", "When it was taken back"),
                AT,
            ],
        ),
        observed(
            "tokens",
            "Tokens of the API, without anything secret",
            &[
                ID,
                RECORD,
                text("role", "What it lets its bearer do"),
                text("person", "The person it speaks for; unknown of a machine"),
                AT,
                whole("expires_at", "When it ends"),
                whole("revoked_at", "When it was revoked"),
            ],
        ),
    ]
}

fn review() -> Vec<Table> {
    vec![
        observed(
            "attestations",
            "What people say of a practice where only a person can tell",
            &[
                ID,
                RECORD,
                text("practice", "Key of the practice").index(),
                text("subject", "Name of the workload or team, or `organization`").index(),
                text("person", "Who says so"),
                AT,
                whole("expires_at", "Until when it counts"),
                whole("not_applicable", "Whether it says that the practice does not apply").always(),
                whole("withdrawn_at", "When it was taken back"),
            ],
        ),
        observed(
            "improvements",
            "Improvements that a review opened, closed by a test alone",
            &[
                ID,
                RECORD,
                text("practice", "Key of the practice").index(),
                text("subject", "Name of the workload or team, or `organization`").index(),
                text("owner", "Who answers for it, such as `team:payments`"),
                AT,
                whole("closed_at", "When a test closed it"),
                whole("reopened", "How often it was opened again").always(),
                whole("dropped_at", "When it was given up"),
            ],
        ),
        observed(
            "milestones",
            "Reviews that were given a name, to be compared with later",
            &[ID, RECORD, text("name", "Its name"), AT],
        ),
    ]
}

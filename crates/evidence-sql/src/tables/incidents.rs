//! What Evenkeel did and saw in incidents: who was paged, who answered, what others were told.

use super::{RECORD, columns, observed};
use crate::table::{Column, Table, text, whole};

pub(super) fn tables() -> Vec<Table> {
    let mut tables = vec![incidents()];
    tables.extend(of_incidents());
    tables.push(pages());
    tables.push(updates());
    tables.extend(problems());
    tables
}

const ID: Column = text("id", "Its id").always().index();
const AT: Column = whole("at", "When").always().index();
const INCIDENT: Column = text("incident", "Id of the incident").always().index();
const WORKLOAD: Column = text("workload", "The incident's workload").index();
const TEAM: Column = text("team", "The team that owns the incident").index();

fn incidents() -> Table {
    let start = [
        ID,
        RECORD,
        whole("at", "When it was opened").always().index(),
        text("response_plan", "Its response plan"),
        text("workload", "What is hit").index(),
        text("team", "The team that owns it").index(),
        whole("severity", "How bad it is, 1 the worst, 5 the least").always(),
        whole("opened_severity", "How bad it was when it was opened").always(),
        whole("severity_changed", "Whether a person said how bad it is").always(),
        whole("customer_visible", "Whether customers notice").always(),
        text("opened_by", "`alert` or `person`").words(&["alert", "person"]).always(),
    ];
    let course = [
        whole("acknowledged_at", "When it was first acknowledged"),
        text("acknowledged_by", "Who first acknowledged it"),
        whole("resolved_at", "When it was resolved; unknown while it lasts"),
        text("resolved_by", "How that is known: `alerts` or `person`").words(&["alerts", "person"]),
        whole("workaround", "Whether it only works again by a way around").always(),
        whole("closed_at", "When nothing more was expected of it"),
        whole("reopened", "How often it was opened again").always(),
        whole("escalations", "How many steps of escalation were taken").always(),
        whole("asked_escalations", "How many of those a person asked for").always(),
        whole("notes", "How many notes were written").always(),
        whole("unroutable", "How often nobody could be paged").always(),
        text("merged_into", "Id of the incident it turned out to be part of"),
        text("commander", "Who decides and coordinates"),
        text("communicator", "Who speaks to others"),
        whole("last_page_failed", "Whether the last page that ended had reached nobody").always(),
    ];
    observed("incidents", "Incidents, one row each", &columns(&[&start, &course]))
}

fn of_incidents() -> Vec<Table> {
    vec![
        observed(
            "incident_alerts",
            "Which alerts belong to which incident",
            &[INCIDENT, text("alert", "Id of the alert").always().index()],
        ),
        observed(
            "incident_roles",
            "Who has which role in an incident",
            &[
                INCIDENT,
                text("role", "`responder`, `commander`, `communicator` or `scribe`")
                    .words(&["responder", "commander", "communicator", "scribe"])
                    .always(),
                text("person", "Who").always(),
                AT,
            ],
        ),
        observed(
            "acknowledgements",
            "Acknowledgements of incidents",
            &[
                ID,
                RECORD,
                INCIDENT,
                WORKLOAD,
                TEAM,
                text("person", "Who, as far as the caller is a person of the ops repo"),
                text("page", "Id of the page through which it came"),
                AT,
                whole("after_ms", "How long after the page, or after the incident was opened where there was none"),
                whole("expired_at", "When it ran out with the incident still open"),
            ],
        ),
        observed(
            "escalations",
            "Steps of escalation that were taken",
            &[
                ID,
                RECORD,
                INCIDENT,
                WORKLOAD,
                TEAM,
                text("policy", "The policy gone by").always(),
                whole("step", "Which step of it, from 0").always(),
                whole("round", "Which time through its steps, from 0").always(),
                text("cause", "Why, such as `opened`, `unanswered` or `asked`").always(),
                whole("asked", "Whether a person asked for it").always(),
                whole("last_resort", "Whether the policy is the organisation's last resort").always(),
                whole("unresolved", "How many targets of the step led to nobody").always(),
                AT,
            ],
        ),
    ]
}

fn pages() -> Table {
    observed(
        "pages",
        "Pages: one person or receiver asked to act on one incident",
        &[
            ID,
            RECORD,
            INCIDENT,
            WORKLOAD,
            TEAM,
            text("person", "Who is asked; unknown when it is a receiver").index(),
            text("receiver", "The receiver that is asked; unknown when it is a person"),
            text("ask", "What is asked: `acknowledge`, `still-yours`, `take-over` or `approve`")
                .words(&["acknowledge", "still-yours", "take-over", "approve"])
                .always(),
            AT,
            whole("contacts", "How many contacts are tried").always(),
            whole("delivered_at", "When a first message of it arrived"),
            whole("failed_at", "When it had failed on every contact"),
            whole("expired_at", "When its time was over before anybody acted"),
            whole("acknowledged_at", "When somebody acted through it"),
            whole("out_of_hours", "Whether it went out between 22:00 and 08:00 UTC or at a weekend").always(),
        ],
    )
}

fn updates() -> Table {
    observed(
        "updates",
        "Updates: what stakeholders and customers were told of an incident",
        &[
            ID,
            RECORD,
            INCIDENT,
            WORKLOAD,
            TEAM,
            text("communication", "The communication plan").always(),
            text("audience", "The audience in it").always(),
            text("kind", "`first`, `progress` or `recovery`").words(&["first", "progress", "recovery"]).always(),
            AT,
            whole("approval", "Whether somebody had to approve it").always(),
            whole("approved_at", "When somebody approved it"),
            whole("withdrawn_at", "When it was withdrawn"),
            whole("delivered_at", "When it first arrived somewhere"),
            whole("delivered", "At how many addresses it arrived").always(),
            whole("failed", "At how many addresses it was given up").always(),
        ],
    )
}

fn problems() -> Vec<Table> {
    vec![
        observed(
            "problems",
            "Problems: causes that incidents have in common",
            &[
                ID,
                RECORD,
                text("cause", "What shows it: `recurrence`, `workaround` or `person`")
                    .words(&["recurrence", "workaround", "person"])
                    .always(),
                whole("incidents", "How many incidents it has").always(),
                AT,
                whole("resolved_at", "When the cause was removed"),
            ],
        ),
        observed(
            "problem_incidents",
            "Which incidents belong to which problem",
            &[
                text("problem", "Id of the problem").always().index(),
                text("incident", "Id of the incident").always().index(),
            ],
        ),
    ]
}

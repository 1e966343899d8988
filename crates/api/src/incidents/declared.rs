//! The operations on incidents, as they are described.

use super::detail::ShownDetail;
use super::list::IncidentList;
use super::posted::{
    Acknowledgement, Assignment, Judgement, Merging, Note, Opening, Push, Reason, Resolution, Visibility,
};
use super::shown::ShownIncident;
use crate::openapi::Code;
use crate::openapi::problems::{CURSOR as BAD_CURSOR, INCIDENT, PERSON, TARGET};
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, LIMIT};

/// Which incident.
pub(crate) const ID: Param =
    Param::path("id", Sort::Pattern("^(incident:)?[0-9]{1,19}$"), "an incident, as `incident:17` or `17`");
const PATH: &[Param] = &[ID];
const SHOWN: &[Given] = &[Given::json::<ShownIncident>("the incident as it stands now")];

/// `GET /incidents`
pub(crate) const LIST: Operation = Operation::get("/api/v1/incidents", "listIncidents", Tag::Incidents)
    .says(
        "Lists incidents",
        "The worst severity first, then what serves the organisation's first priority, then the oldest. Without parameters \
         those that are open, acknowledged or resolved. Of closed ones the newest 1,000 are known.",
    )
    .params(&[
        Param::query(
            "status",
            Sort::Pattern("^(open|acknowledged|resolved|closed|merged)(,(open|acknowledged|resolved|closed|merged))*$"),
            "only of these statuses, several with commas",
        ),
        Param::query("workload", Sort::Text(300), "only of this workload"),
        Param::query("all", Sort::Flag, "of every status"),
        LIMIT,
        CURSOR,
    ])
    .answers(&[Given::json::<IncidentList>("incidents")])
    .refuses(&[BAD_CURSOR]);

/// `GET /incidents/{id}`
pub(crate) const SHOW: Operation = Operation::get("/api/v1/incidents/{id}", "getIncident", Tag::Incidents)
    .says(
        "Shows all that is known of an incident",
        "What a person needs at three in the morning: alerts, who suffers, what stands on what, what may be done without \
         asking, whom it was told, and the timeline, whose middle is left out where it is long.",
    )
    .params(PATH)
    .answers(&[Given::json::<ShownDetail>("the incident")])
    .refuses(&[INCIDENT]);

/// `POST /incidents`
pub(crate) const OPEN: Operation = Operation::post("/api/v1/incidents", "openIncident", Tag::Incidents)
    .says("Opens an incident that no alert shows", "A reason becomes its first note.")
    .takes::<Opening>(r#"{"response_plan":"orders-down","title":"no order goes through"}"#)
    .answers(SHOWN)
    .refuses(&[INCIDENT, &[Code::new(400, "unknown-response-plan")]]);

const fn act(path: &'static str, id: &'static str, summary: &'static str, about: &'static str) -> Operation {
    Operation::post(path, id, Tag::Incidents)
        .says(summary, about)
        .params(PATH)
        .answers(SHOWN)
        .refuses(&[INCIDENT])
        .if_match()
}

/// `POST …/acknowledge`
pub(crate) const ACKNOWLEDGE: Operation = act(
    "/api/v1/incidents/{id}/acknowledge",
    "acknowledgeIncident",
    "Takes an incident on, or holds on to it",
    "A person's token acknowledges for that person; others name one or nobody. It runs out after the policy's time.",
)
.may_take::<Acknowledgement>(r#"{"person":"ada"}"#)
.refuses(&[INCIDENT, PERSON]);

/// `POST …/escalate`
pub(crate) const ESCALATE: Operation = act(
    "/api/v1/incidents/{id}/escalate",
    "escalateIncident",
    "Pages the next step now, or somebody in particular",
    "Without `to` the next step is taken; a person, team, schedule, receiver or policy can be named.",
)
.may_take::<Push>(r#"{"to":"person:bob","reason":"it is the queue"}"#)
.refuses(&[INCIDENT, TARGET]);

/// `POST …/resolve`
pub(crate) const RESOLVE: Operation =
    act("/api/v1/incidents/{id}/resolve", "resolveIncident", "Says that an incident is over", "")
        .may_take::<Resolution>(r#"{"reason":"rolled back"}"#);

/// `POST …/reopen`
pub(crate) const REOPEN: Operation =
    act("/api/v1/incidents/{id}/reopen", "reopenIncident", "Says that an incident is not over", "")
        .takes::<Reason>(r#"{"reason":"it failed again"}"#);

/// `POST …/close`
pub(crate) const CLOSE: Operation =
    act("/api/v1/incidents/{id}/close", "closeIncident", "Says that nothing more is expected of an incident", "")
        .takes::<Reason>(r#"{"reason":"nothing is left to do"}"#);

/// `POST …/notes`
pub(crate) const NOTE: Operation = act(
    "/api/v1/incidents/{id}/notes",
    "noteOnIncident",
    "Writes something down",
    "With `for_updates` the next updates may say it.",
)
.takes::<Note>(r#"{"text":"the disk is full"}"#);

/// `POST …/assign`
pub(crate) const ASSIGN: Operation = act(
    "/api/v1/incidents/{id}/assign",
    "assignIncident",
    "Gives somebody a role in an incident",
    "The role is `responder` unless said.",
)
.takes::<Assignment>(r#"{"person":"bob"}"#)
.refuses(&[INCIDENT, TARGET]);

/// `POST …/merge`
pub(crate) const MERGE: Operation =
    act("/api/v1/incidents/{id}/merge", "mergeIncident", "Makes an incident part of another one", "")
        .takes::<Merging>(r#"{"into":"incident:4","reason":"it is the same queue"}"#)
        .refuses(&[INCIDENT, &[Code::new(400, "into-itself")]]);

/// `POST …/severity`
pub(crate) const SEVERITY: Operation =
    act("/api/v1/incidents/{id}/severity", "setIncidentSeverity", "Says how bad an incident is", "")
        .takes::<Judgement>(r#"{"severity":"sev2","reason":"only one region"}"#);

/// `POST …/visibility`
pub(crate) const VISIBILITY: Operation =
    act("/api/v1/incidents/{id}/visibility", "setIncidentVisibility", "Says whether customers notice", "")
        .takes::<Visibility>(r#"{"customer_visible":true,"reason":"orders fail"}"#);

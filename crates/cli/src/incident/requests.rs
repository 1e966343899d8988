//! What each verb on incidents asks of the server.

use evenkeel_ids::IncidentId;
use serde_json::json;

use super::args::{IncidentVerb, List, Role, Status, Visibility};
use crate::client::{Request, object};

/// The request of a verb.
pub(super) fn request(verb: &IncidentVerb) -> Request {
    match verb {
        IncidentVerb::List(args) => list(args),
        IncidentVerb::Show(args) => Request::get(format!("/api/v1/incidents/{}", args.incident.seq().0)),
        IncidentVerb::Open(args) => {
            let title = Some(json!(args.title));
            let fields = [("response_plan", Some(json!(args.response_plan))), ("title", title), reason(&args.reason)];
            Request::post("/api/v1/incidents", object(fields))
        }
        IncidentVerb::Ack(args) => {
            act(args.incident, "acknowledge", [("person", args.person.as_ref().map(|name| json!(name)))])
        }
        IncidentVerb::Escalate(args) => {
            let to = args.to.as_ref().map(|to| json!(to.to_string()));
            act(args.incident, "escalate", [("to", to), reason(&args.reason)])
        }
        IncidentVerb::Resolve(args) => act(
            args.incident,
            "resolve",
            [reason(&args.reason), ("workaround", args.workaround.then_some(json!(true)))],
        ),
        IncidentVerb::Reopen(args) => act(args.incident, "reopen", [("reason", Some(json!(args.reason)))]),
        IncidentVerb::Close(args) => act(args.incident, "close", [("reason", Some(json!(args.reason)))]),
        IncidentVerb::Note(args) => {
            let for_updates = args.for_updates.then_some(json!(true));
            act(args.incident, "notes", [("text", Some(json!(args.text))), ("for_updates", for_updates)])
        }
        IncidentVerb::Assign(args) => {
            let (person, role) = (Some(json!(args.person)), Some(json!(role(args.role))));
            act(args.incident, "assign", [("person", person), ("role", role), reason(&args.reason)])
        }
        IncidentVerb::Merge(args) => {
            let into = Some(json!(args.into.to_string()));
            act(args.incident, "merge", [("into", into), ("reason", Some(json!(args.reason)))])
        }
        IncidentVerb::Severity(args) => {
            let severity = Some(json!(args.severity.as_str()));
            act(args.incident, "severity", [("severity", severity), ("reason", Some(json!(args.reason)))])
        }
        IncidentVerb::Visibility(args) => {
            let visible = Some(json!(args.visibility == Visibility::Visible));
            act(args.incident, "visibility", [("customer_visible", visible), ("reason", Some(json!(args.reason)))])
        }
        IncidentVerb::Approve(args) => {
            let path = format!("/api/v1/updates/{}/approve", args.update.seq().0);
            Request::post(path, object([("text", args.text.as_ref().map(|text| json!(text)))]))
        }
        IncidentVerb::Withdraw(args) => {
            let path = format!("/api/v1/updates/{}/withdraw", args.update.seq().0);
            Request::post(path, json!({ "reason": args.reason }))
        }
    }
}

type Field = (&'static str, Option<serde_json::Value>);

fn act<const N: usize>(incident: IncidentId, verb: &str, fields: [Field; N]) -> Request {
    Request::post(format!("/api/v1/incidents/{}/{verb}", incident.seq().0), object(fields))
}

fn reason(reason: &Option<String>) -> Field {
    ("reason", reason.as_ref().map(|reason| json!(reason)))
}

fn list(args: &List) -> Request {
    let states: Vec<&str> = args.status.iter().map(|status| state(*status)).collect();
    let status = (!states.is_empty()).then(|| states.join(","));
    Request::get("/api/v1/incidents")
        .with_some("status", status)
        .with_some("workload", args.workload.as_ref())
        .with_some("all", args.all.then_some(true))
}

const fn state(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Acknowledged => "acknowledged",
        Status::Resolved => "resolved",
        Status::Closed => "closed",
    }
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Responder => "responder",
        Role::Commander => "commander",
        Role::Communicator => "communicator",
        Role::Scribe => "scribe",
    }
}

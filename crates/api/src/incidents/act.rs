//! What people do about incidents.

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use evenkeel_ids::{DocumentRef, IncidentId};
use evenkeel_incident::{By, Command, Subject};
use evenkeel_record::IncidentRole;
use http::{Request, StatusCode};

use super::person::{acting, person_name};
use super::posted::{
    Acknowledgement, Assignment, Judgement, Merging, Note, Opening, Push, Reason, Resolution, Visibility,
};
use super::shown::ShownIncident;
use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, commanding, path, posted, reply};

/// What is done about one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Acknowledge,
    Escalate,
    Resolve,
    Reopen,
    Close,
    Note,
    Assign,
    Merge,
    Severity,
    Visibility,
}

/// `POST /incidents/{id}/…`
pub(crate) async fn act<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    act: Act,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let incident = path::id(request.uri(), IncidentId, "incident:17")?;
    let mut by = commanding::by(caller);
    let command = match act {
        Act::Acknowledge => {
            let Acknowledgement { person } = posted::read(app, request).await?;
            by.person = acting(app, caller, person.as_deref())?;
            Command::Acknowledge(incident)
        }
        Act::Escalate => escalation(incident, posted::read(app, request).await?)?,
        Act::Resolve => {
            let Resolution { reason, workaround } = posted::read(app, request).await?;
            Command::Resolve { incident, reason, workaround }
        }
        Act::Reopen => {
            let Reason { reason } = posted::read(app, request).await?;
            Command::Reopen { incident, reason }
        }
        Act::Close => {
            let Reason { reason } = posted::read(app, request).await?;
            Command::Close { incident, reason }
        }
        Act::Note => {
            let Note { text, for_updates } = posted::read(app, request).await?;
            Command::Note { incident, text, for_updates }
        }
        Act::Assign => assignment(incident, posted::read(app, request).await?),
        Act::Merge => {
            let Merging { into, reason } = posted::read(app, request).await?;
            Command::Merge { incident, into: path::read_id(&into, IncidentId, "incident:4")?, reason }
        }
        Act::Severity => {
            let Judgement { severity, reason } = posted::read(app, request).await?;
            Command::SetSeverity { incident, severity, reason }
        }
        Act::Visibility => {
            let Visibility { customer_visible, reason } = posted::read(app, request).await?;
            Command::SetVisibility { incident, customer_visible, reason }
        }
    };
    done(app, caller, by, command).await
}

/// Opens an incident that no alert shows. Its reason is its first note.
pub(crate) async fn open<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let Opening { response_plan, title, reason } = posted::read(app, request).await?;
    let command = Command::Open { response_plan: response_plan.into(), title };
    let by = commanding::by(caller);
    if let Some(reason) = &reason {
        commanding::check_text("the reason", reason)?;
    }
    let subject = commanding::command(app, caller, by.clone(), command).await?;
    if let (Some(text), Subject::Incident(incident)) = (reason, subject) {
        let note = Command::Note { incident, text, for_updates: false };
        let noted = commanding::command(app, caller, by, note).await;
        noted.map_err(|refused| refused.help(format!("{incident} was opened; add the reason as a note")))?;
    }
    shown(app, subject)
}

async fn done<D: Desk>(app: &App<D>, caller: &Identity, by: By, command: Command) -> Result<Response, Refused> {
    let subject = commanding::command(app, caller, by, command).await?;
    shown(app, subject)
}

/// The incident as it stands now.
fn shown<D: Desk>(app: &App<D>, subject: Subject) -> Result<Response, Refused> {
    let shown = app.desk.look(|engine, now| match subject {
        Subject::Incident(id) => {
            engine.state().incident.incident(id).map(|incident| ShownIncident::of(engine, now, incident))
        }
        Subject::Update(_) | Subject::Problem(_) => None,
    });
    shown.map(|incident| reply::json(StatusCode::OK, &incident)).ok_or_else(commanding::not_shown)
}

fn escalation(incident: IncidentId, push: Push) -> Result<Command, Refused> {
    let to = push.to.as_deref().map(|to| {
        to.parse::<DocumentRef>().map_err(|error| {
            let message = format!("`{to}` is {error}");
            Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write whom to page as `person:bob`")
        })
    });
    Ok(Command::Escalate { incident, to: to.transpose()?, reason: push.reason })
}

fn assignment(incident: IncidentId, given: Assignment) -> Command {
    Command::Assign {
        incident,
        role: given.role.unwrap_or(IncidentRole::Responder),
        person: person_name(&given.person),
        reason: given.reason,
    }
}

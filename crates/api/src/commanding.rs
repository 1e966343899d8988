//! Hands in what a person asks of incidents, problems and updates, and says why it is not done.

use evenkeel_diagnostic::did_you_mean;
use evenkeel_engine::{Answer, Engine, Input, Refusal};
use evenkeel_identity::{Action, Identity};
use evenkeel_ids::DocumentRef;
use evenkeel_incident::{By, Command, CommandRefusal, Subject};
use evenkeel_model::Plan;
use http::StatusCode;

use crate::Desk;
use crate::app::App;
use crate::refused::Refused;

const TEXT_HELP: &str = "write what a colleague has to know, in a few words";

/// Who asks, as far as the token says it.
pub(crate) fn by(caller: &Identity) -> By {
    By { person: caller.person.clone(), page: None, may_approve: caller.allows(Action::Operate) }
}

/// Hands a command in; gives what it was about once that is durable.
pub(crate) async fn command<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    by: By,
    command: Command,
) -> Result<Subject, Refused> {
    match app.submit(caller, Input::Command { by, command }).await? {
        Ok(Answer::Subject(subject)) => Ok(subject),
        Ok(_) => Err(not_shown()),
        Err(Refusal::Command(refusal)) => Err(app.desk.look(|engine, _| refused(engine, &refusal))),
        Err(
            other @ (Refusal::Silence(_)
            | Refusal::Override(_)
            | Refusal::Token(_)
            | Refusal::Ledger(_)
            | Refusal::TooManyAlerts { .. }),
        ) => Err(Refused::new(StatusCode::CONFLICT, "refused", other.to_string())),
    }
}

/// A text that is handed in second has to be right before the first is.
pub(crate) fn check_text(what: &str, text: &str) -> Result<(), Refused> {
    if !text.trim().is_empty() && text.len() <= evenkeel_incident::TEXT_MAX {
        return Ok(());
    }
    let message = format!("{what} is empty, or longer than {} bytes", evenkeel_incident::TEXT_MAX);
    Err(Refused::new(StatusCode::BAD_REQUEST, "invalid-text", message).help(TEXT_HELP))
}

/// It was done, and what it was about cannot be looked at any more.
pub(crate) fn not_shown() -> Refused {
    let message = "it was done, but what it was about cannot be shown any more";
    Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "not-shown", message).help("the journal has it")
}

/// Why something is not done, and what to do.
pub(crate) fn refused(engine: &Engine, refusal: &CommandRefusal) -> Refused {
    let (code, help) = explained(engine.plan(), refusal);
    Refused::new(status(refusal), code, refusal.to_string()).help(help)
}

fn status(refusal: &CommandRefusal) -> StatusCode {
    if matches!(refusal, CommandRefusal::NotAnApprover(_)) {
        StatusCode::FORBIDDEN
    } else if refusal.unknown() {
        StatusCode::NOT_FOUND
    } else if refusal.malformed() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::CONFLICT
    }
}

/// The kind of fault, and what to do.
fn explained(plan: &Plan, refusal: &CommandRefusal) -> (&'static str, String) {
    let say = |code, help: &str| (code, help.to_owned());
    match refusal {
        CommandRefusal::UnknownIncident(_) => say(
            "unknown-incident",
            "`GET /api/v1/incidents?all=true` lists those that are known; the journal has the rest",
        ),
        CommandRefusal::UnknownProblem(_) => say("unknown-problem", "`GET /api/v1/problems` lists problems"),
        CommandRefusal::UnknownUpdate(_) => say("unknown-update", "an incident's own answer lists its updates"),
        CommandRefusal::UnknownPage(_) => say("unknown-page", "use the link of the newest message, or log in"),
        CommandRefusal::UnknownResponsePlan(name) => {
            let known = plan.catalogue.response_plans.keys();
            ("unknown-response-plan", near(name, known.map(AsRef::as_ref), "name a response plan of the ops repo"))
        }
        CommandRefusal::UnknownTarget(to) => {
            let help = "name a person, team, schedule, receiver or escalation policy of the ops repo, as `person:ada`";
            ("unknown-target", near(to.name(), names(plan, to).into_iter(), help))
        }
        CommandRefusal::WrongPhase { .. } => {
            say("wrong-state", "look at the incident: somebody may have acted meanwhile")
        }
        CommandRefusal::LinkUsed => {
            say("link-used", "`evenkeel incident` does more, and so does the newest message's link")
        }
        CommandRefusal::IntoItself(_) => say("into-itself", "name the other incident, which goes on"),
        CommandRefusal::NotWaiting { .. } => say("not-waiting", "a newer update may have taken its place"),
        CommandRefusal::NotAnApprover(_) => {
            say("not-an-approver", "one of the update's approvers may do it, and so may the role operator")
        }
        CommandRefusal::ProblemResolved(_) => {
            say("problem-resolved", "open another problem if its cause is still there")
        }
        CommandRefusal::Text { .. } => say("invalid-text", TEXT_HELP),
    }
}

fn near<'a>(wrong: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    did_you_mean(wrong, known).map_or_else(|| otherwise.to_owned(), |known| format!("did you mean `{known}`?"))
}

/// The names that a reference of that kind may have.
fn names<'a>(plan: &'a Plan, to: &DocumentRef) -> Vec<&'a str> {
    let catalogue = &plan.catalogue;
    let all: Vec<_> = match to {
        DocumentRef::Person(_) => catalogue.people.keys().collect(),
        DocumentRef::Team(_) => catalogue.teams.keys().collect(),
        DocumentRef::Schedule(_) => catalogue.schedules.keys().collect(),
        DocumentRef::Policy(_) => catalogue.policies.keys().collect(),
        DocumentRef::Receiver(_) => plan.receivers.keys().collect(),
        DocumentRef::Workload(_) => Vec::new(),
    };
    all.into_iter().map(AsRef::as_ref).collect()
}

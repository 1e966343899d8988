//! What the forms of an incident's page ask for.

use std::sync::Arc;

use evenkeel_engine::Input;
use evenkeel_identity::Action;
use evenkeel_ids::{DocumentRef, IncidentId, ProblemId, UpdateId};
use evenkeel_incident::Command;

use super::acts::ROLES;
use super::head::role_word;
use crate::incident_named::cut;
use crate::{Act, Asked, Fields, FormRoute, Wrong};

type Read = Result<Act, Wrong>;

const fn form(path: &'static str, read: fn(&Asked<'_>, &Fields) -> Read) -> FormRoute {
    FormRoute { path, action: Action::Respond, page: "/incidents/{id}", read }
}

pub(crate) const ACKNOWLEDGE: FormRoute = form("/incidents/{id}/acknowledge", acknowledge);
pub(crate) const ESCALATE: FormRoute = form("/incidents/{id}/escalate", escalate);
pub(crate) const RESOLVE: FormRoute = form("/incidents/{id}/resolve", resolve);
pub(crate) const REOPEN: FormRoute = form("/incidents/{id}/reopen", reopen);
pub(crate) const CLOSE: FormRoute = form("/incidents/{id}/close", close);
pub(crate) const NOTE: FormRoute = form("/incidents/{id}/notes", note);
pub(crate) const ASSIGN: FormRoute = form("/incidents/{id}/assign", assign);
pub(crate) const MERGE: FormRoute = form("/incidents/{id}/merge", merge);
pub(crate) const SEVERITY: FormRoute = form("/incidents/{id}/severity", severity);
pub(crate) const VISIBILITY: FormRoute = form("/incidents/{id}/visibility", visibility);
pub(crate) const PROBLEM: FormRoute = form("/incidents/{id}/problem", problem);
pub(crate) const APPROVE: FormRoute = form("/incidents/{id}/updates/{update}/approve", approve);
pub(crate) const WITHDRAW: FormRoute = form("/incidents/{id}/updates/{update}/withdraw", withdraw);

fn acknowledge(asked: &Asked<'_>, _: &Fields) -> Read {
    let id = incident(asked)?;
    Ok(act(asked, Command::Acknowledge(id), "acknowledged"))
}

fn escalate(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let to = fields.said("escalate_to").map(|to| target(&to)).transpose()?;
    let command = Command::Escalate { incident, to, reason: fields.said("escalate_reason") };
    Ok(act(asked, command, "escalated"))
}

fn resolve(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let workaround = !fields.text("workaround").is_empty();
    Ok(act(asked, Command::Resolve { incident, reason: fields.said("resolve_reason"), workaround }, "resolved"))
}

fn reopen(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let reason = needed(fields, "reopen_reason", "Why it is open again")?;
    Ok(act(asked, Command::Reopen { incident, reason }, "reopened"))
}

fn close(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let reason = needed(fields, "close_reason", "Why nothing more is expected")?;
    sure(fields, "close_sure", "A closed incident does not open again.")?;
    Ok(act(asked, Command::Close { incident, reason }, "closed"))
}

fn note(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let text = needed(fields, "note", "The note")?;
    let for_updates = !fields.text("for_updates").is_empty();
    Ok(act(asked, Command::Note { incident, text, for_updates }, "noted"))
}

fn assign(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let name = needed(fields, "assign_person", "Who it is given to")?;
    let person: Arc<str> = name.strip_prefix("person:").unwrap_or(&name).into();
    let word = fields.text("assign_role");
    let role = ROLES.into_iter().find(|role| role_word(*role) == word || word.is_empty());
    let Some(role) = role else {
        return Err(Wrong::new(format!("There is no role `{}`.", cut(word, 40)), "Choose one of those offered."));
    };
    let reason = fields.said("assign_reason");
    Ok(act(asked, Command::Assign { incident, role, person, reason }, "assigned"))
}

fn merge(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let named = needed(fields, "merge_into", "Which incident goes on")?;
    let into = incident_named(&named)?;
    let reason = needed(fields, "merge_reason", "Why they are one")?;
    sure(fields, "merge_sure", "Incidents that were merged cannot be taken apart.")?;
    let then = format!("{}incidents/{into}?said=merged", asked.place.root());
    Ok(Act { then, ..act(asked, Command::Merge { incident, into, reason }, "merged") })
}

fn severity(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let word = fields.text("severity");
    let severity = word.parse().map_err(|_| {
        Wrong::new(format!("`{}` is no severity.", cut(word, 40)), "Choose one of sev1 (critical) to sev5 (no impact).")
    })?;
    let reason = needed(fields, "severity_reason", "Why it is that bad")?;
    Ok(act(asked, Command::SetSeverity { incident, severity, reason }, "judged"))
}

fn visibility(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let customer_visible = match fields.text("customers") {
        "yes" => true,
        "no" => false,
        _ => return Err(Wrong::new("Nothing is chosen.", "Say whether customers notice.")),
    };
    let reason = needed(fields, "visibility_reason", "Why")?;
    Ok(act(asked, Command::SetVisibility { incident, customer_visible, reason }, "visibility-set"))
}

fn problem(asked: &Asked<'_>, fields: &Fields) -> Read {
    let incident = incident(asked)?;
    let command = match (fields.said("problem"), fields.said("problem_title")) {
        (Some(named), _) => Command::LinkProblem { problem: problem_named(&named)?, incident },
        (None, Some(title)) => Command::OpenProblem { title, incidents: vec![incident] },
        (None, None) => {
            let help = "Choose a problem, or say what the cause is.";
            return Err(Wrong::new("No problem is named.", help));
        }
    };
    Ok(act(asked, command, "problem-linked"))
}

fn approve(asked: &Asked<'_>, fields: &Fields) -> Read {
    let update = update(asked)?;
    let text = needed(fields, "text", "What is said")?;
    // The same words again are no other words.
    let before = asked.engine.state().incident.update(update).map(|update| update.text.trim().replace("\r\n", "\n"));
    let text = (before.as_deref() != Some(&*text)).then_some(text);
    Ok(act(asked, Command::ApproveUpdate { update, text }, "approved"))
}

fn withdraw(asked: &Asked<'_>, fields: &Fields) -> Read {
    let update = update(asked)?;
    let reason = needed(fields, "withdraw_reason", "Why it must not go")?;
    Ok(act(asked, Command::WithdrawUpdate { update, reason }, "withdrawn"))
}

fn act(asked: &Asked<'_>, command: Command, said: &str) -> Act {
    let then = format!("{}incidents/{}?said={said}", asked.place.root(), crate::link::encoded(asked.place.named("id")));
    Act { input: Input::Command { by: asked.by(), command }, then }
}

fn incident(asked: &Asked<'_>) -> Result<IncidentId, Wrong> {
    incident_named(asked.place.named("id"))
}

/// `incident:4`, or `4`.
pub(crate) fn incident_named(text: &str) -> Result<IncidentId, Wrong> {
    let text = text.trim();
    let whole = if text.contains(':') { text.to_owned() } else { format!("incident:{text}") };
    whole.parse().map_err(|_| {
        Wrong::new(format!("`{}` names no incident.", cut(text, 60)), "Write it as its page shows it: `incident:17`.")
    })
}

/// `problem:4`, or `4`.
fn problem_named(text: &str) -> Result<ProblemId, Wrong> {
    let whole = if text.contains(':') { text.to_owned() } else { format!("problem:{text}") };
    whole.parse().map_err(|_| {
        Wrong::new(format!("`{}` names no problem.", cut(text, 60)), "Write it as its page shows it: `problem:9`.")
    })
}

fn update(asked: &Asked<'_>) -> Result<UpdateId, Wrong> {
    let named = asked.place.named("update");
    named
        .parse()
        .map_err(|_| Wrong::new(format!("`{}` names no update.", cut(named, 60)), "Follow a link of the page."))
}

/// Whom to page: `bob` is a person.
fn target(text: &str) -> Result<DocumentRef, Wrong> {
    let whole = if text.contains(':') { text.to_owned() } else { format!("person:{text}") };
    whole.parse().map_err(|_| {
        let help = "Name a person, or write `schedule:primary`, `team:orders` or `policy:orders`.";
        Wrong::new(format!("`{}` is nobody who can be paged.", cut(text, 60)), help)
    })
}

pub(crate) fn needed(fields: &Fields, name: &str, what: &str) -> Result<Box<str>, Wrong> {
    fields
        .said(name)
        .ok_or_else(|| Wrong::new(format!("{what} is missing."), "Write what a colleague has to know, in a few words."))
}

/// What cannot be undone is confirmed.
pub(crate) fn sure(fields: &Fields, name: &str, why: &str) -> Result<(), Wrong> {
    if fields.text(name).is_empty() {
        return Err(Wrong::new("It is not confirmed.", format!("{why} Tick the box if you mean it.")));
    }
    Ok(())
}

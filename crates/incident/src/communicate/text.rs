//! The words of an update: the audience's template, or plain ones of our own.

use evenkeel_model::Audience;
use evenkeel_record::UpdateKind;
use evenkeel_time::Timestamp;
use serde::Serialize;

use crate::Incident;
use crate::decision::Context;

/// What templates are given.
#[derive(Debug, Serialize)]
struct Values<'a> {
    incident: IncidentValues<'a>,
    workload: WorkloadValues<'a>,
    note: &'a str,
    next_update_at: Option<String>,
}

#[derive(Debug, Serialize)]
struct IncidentValues<'a> {
    id: String,
    title: &'a str,
    severity: &'static str,
    status: &'static str,
    opened_at: String,
    resolved_at: Option<String>,
    lasted: String,
}

#[derive(Debug, Serialize)]
struct WorkloadValues<'a> {
    name: &'a str,
    who: &'a str,
    what: &'a str,
}

const FIRST: &str = "We are looking into a problem{% if workload.name %} with {{ workload.name }}{% endif %}.\
    {% if workload.what %} What it means{% if workload.who %} to {{ workload.who }}{% endif %}: {{ workload.what }}.{% endif %}\
    {% if note %} {{ note }}{% endif %}{% if next_update_at %} Next update by {{ next_update_at }}.{% endif %}";
const UPDATE: &str = "The problem{% if workload.name %} with {{ workload.name }}{% endif %} that began at \
    {{ incident.opened_at }} is not over yet. It is being worked on.\
    {% if note %} {{ note }}{% endif %}{% if next_update_at %} Next update by {{ next_update_at }}.{% endif %}";
const RECOVERY: &str = "The problem{% if workload.name %} with {{ workload.name }}{% endif %} that began at \
    {{ incident.opened_at }} is over. It lasted {{ incident.lasted }}.{% if note %} {{ note }}{% endif %}";

/// Fills the template in. One that cannot be filled in gives way to the default words: a text that is late because of a
/// slip in a template helps nobody.
pub(super) fn write(
    cx: &Context<'_>,
    incident: &Incident,
    audience: &Audience,
    kind: UpdateKind,
    next_at: Option<Timestamp>,
) -> Box<str> {
    let (own, default) = match kind {
        UpdateKind::First => (&audience.templates.first, FIRST),
        UpdateKind::Progress => (&audience.templates.update, UPDATE),
        UpdateKind::Recovery => (&audience.templates.recovery, RECOVERY),
    };
    let values = values(cx, incident, next_at);
    let render = |template: &str| evenkeel_template::render(template, &values).ok();
    let text = own.as_deref().and_then(render).or_else(|| render(default));
    text.unwrap_or_else(|| incident.title.to_string()).into()
}

/// What an incident is called among ourselves is an alert's words, and not meant for customers: they are told what it is
/// about.
pub(super) fn title(cx: &Context<'_>, incident: &Incident, audience: &Audience, kind: UpdateKind) -> Box<str> {
    if !audience.customers {
        return incident.title.clone();
    }
    let about = incident.workload.as_ref().filter(|name| cx.plan.catalogue.workloads.contains_key(*name));
    let about = about.map_or("our service", |name| name);
    match kind {
        UpdateKind::First => format!("Problem with {about}"),
        UpdateKind::Progress => format!("Update on the problem with {about}"),
        UpdateKind::Recovery => format!("The problem with {about} is over"),
    }
    .into()
}

fn values<'a>(cx: &Context<'a>, incident: &'a Incident, next_at: Option<Timestamp>) -> Values<'a> {
    let workload = incident.workload.as_ref().and_then(|name| cx.plan.catalogue.workloads.get(name));
    let resolved_at = incident.resolved.as_ref().map(|resolved| resolved.at).or(incident.closed_at);
    let lasted = resolved_at.unwrap_or(cx.now) - incident.opened_at;
    Values {
        incident: IncidentValues {
            id: incident.id.to_string(),
            title: &incident.title,
            severity: incident.severity.as_str(),
            status: incident.phase.as_str(),
            opened_at: minute(incident.opened_at),
            resolved_at: resolved_at.map(minute),
            lasted: evenkeel_time::Duration::secs(lasted.0 / 1000).to_string(),
        },
        workload: WorkloadValues {
            name: workload.map_or("", |workload| &workload.name),
            who: workload.map_or("", |workload| &workload.impact.who),
            what: workload.map_or("", |workload| &workload.impact.what),
        },
        note: incident.note.as_deref().unwrap_or(""),
        next_update_at: next_at.map(minute),
    }
}

/// `2026-11-20 09:41 UTC`
fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    match (text.get(..10), text.get(11..16)) {
        (Some(date), Some(time)) => format!("{date} {time} UTC"),
        (Some(_) | None, None) | (None, Some(_)) => text,
    }
}

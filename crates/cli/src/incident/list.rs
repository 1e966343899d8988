//! Incidents as a table, in the server's order: the worst first.

use std::fmt::Write as _;

use evenkeel_severity::Severity;

use super::answer::{Incident, Incidents};
use crate::client::{Context, Table, Tone, line};

/// The table, and how many there are.
pub(super) fn text(answer: &Incidents, cx: &Context) -> String {
    if answer.incidents.is_empty() {
        return "no incidents\n".to_owned();
    }
    let mut table = Table::new(["SEVERITY", "INCIDENT", "STATUS", "WITH", "OPENED", "WORKLOAD", "TITLE"]);
    for incident in &answer.incidents {
        table.toned([
            (incident.severity.to_string(), Some(tone(incident.severity))),
            (line(&incident.id), None),
            (status(incident), unheard(incident).then_some(Tone::Bad)),
            (line(with(incident)), None),
            (cx.when(incident.opened_at.0), None),
            (line(incident.workload.as_deref().unwrap_or_default()), None),
            (line(&incident.title), None),
        ]);
    }
    let mut out = table.text(cx, "");
    let plural = if table.len() == 1 { "" } else { "s" };
    let _ = writeln!(out, "{} incident{plural}; {}", table.len(), cx.zone_note());
    out
}

/// How loud a severity is shown.
pub(super) fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Sev1 | Severity::Sev2 => Tone::Bad,
        Severity::Sev3 => Tone::Warning,
        Severity::Sev4 | Severity::Sev5 => Tone::Quiet,
    }
}

fn unheard(incident: &Incident) -> bool {
    incident.status == "open" && incident.paused.is_none()
}

fn status(incident: &Incident) -> String {
    let paused = if incident.paused.is_some() { ", paused" } else { "" };
    let unroutable = if incident.unroutable.is_some() { ", unroutable" } else { "" };
    format!("{}{paused}{unroutable}", line(&incident.status))
}

/// Who has it.
fn with(incident: &Incident) -> &str {
    let acknowledged = incident.acknowledged.as_ref();
    let by = acknowledged.and_then(|by| by.person.as_deref().or(by.actor.as_deref()));
    incident.roles.get("responder").map(String::as_str).or(by).unwrap_or("nobody")
}

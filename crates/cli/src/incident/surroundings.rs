//! What an incident stands on, what stands on it, and what else is wrong nearby.

use super::answer::{Alert, Dependencies, Dependency, Related};
use super::list::tone;
use crate::client::{Context, Table, Tone, indented, line};

/// The workload's dependencies and dependants with their open incidents.
pub(super) fn dependencies(dependencies: &Dependencies, cx: &Context) -> String {
    let mut table = Table::new(["", "", "", ""]);
    let mut rows = |word: &str, list: &[Dependency]| {
        for dependency in list {
            let open: Vec<String> = dependency.open_incidents.iter().map(|id| line(id)).collect();
            let strength = if dependency.hard { "hard" } else { "soft" };
            let state = if open.is_empty() { "no open incident".to_owned() } else { open.join(", ") };
            let state_tone = if open.is_empty() { Tone::Good } else { Tone::Bad };
            let workload = line(&dependency.workload);
            table.toned([
                (word.to_owned(), None),
                (workload, None),
                (strength.to_owned(), None),
                (state, Some(state_tone)),
            ]);
        }
    };
    rows("depends on", &dependencies.depends_on);
    rows("needed by", &dependencies.dependants);
    table.text(cx, "  ")
}

/// Other incidents nearby.
pub(super) fn related(related: &[Related], cx: &Context) -> String {
    let mut table = Table::new(["", "", "", "", ""]);
    for Related { incident, relation } in related {
        table.toned([
            (incident.severity.to_string(), Some(tone(incident.severity))),
            (line(&incident.id), None),
            (line(&incident.status), None),
            (nearness(relation), None),
            (line(&incident.title), None),
        ]);
    }
    table.text(cx, "  ")
}

fn nearness(relation: &str) -> String {
    match relation {
        "depends-on" => "in what it depends on".to_owned(),
        "dependant" => "in what needs it".to_owned(),
        "same-workload" => "in the same workload".to_owned(),
        other => line(other),
    }
}

/// Its alerts, those that fire first.
pub(super) fn alerts(alerts: &[Alert], cx: &Context) -> String {
    let firing = alerts.iter().filter(|alert| alert.ends_at.is_none());
    let resolved = alerts.iter().filter(|alert| alert.ends_at.is_some());
    firing.chain(resolved).map(|alert| one_alert(alert, cx)).collect()
}

fn one_alert(alert: &Alert, cx: &Context) -> String {
    let state = match alert.ends_at {
        None => cx.paint(Tone::Bad, &format!("fires since {}", cx.when(alert.starts_at.0))),
        Some(end) => cx.paint(Tone::Good, &format!("resolved {}", cx.when(end.0))),
    };
    let name = alert.labels.get("alertname").unwrap_or(&alert.id);
    let labels = alert.labels.iter().filter(|(label, _)| *label != "alertname");
    let labels: Vec<String> = labels.map(|(label, value)| format!("{}={:?}", line(label), line(value))).collect();
    let mut out = format!("  {}, {state}\n", line(name));
    out.push_str(&indented(&labels.join(" "), "    "));
    for annotation in ["summary", "description"] {
        out.push_str(&indented(alert.annotations.get(annotation).map_or("", String::as_str), "    "));
    }
    for link in [alert.annotations.get("runbook_url"), alert.generator_url.as_ref()].into_iter().flatten() {
        out.push_str(&indented(link, "    "));
    }
    out
}

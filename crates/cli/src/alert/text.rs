//! Alerts for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::answer::{Alert, Status};
use crate::client::{Context, Shown, Table, Tone, line, silence_id};
use crate::exit::Exit;

/// A line each.
pub(super) fn table(alerts: &[Alert], cx: &Context) -> String {
    if alerts.is_empty() {
        return "no alerts\n".to_owned();
    }
    let mut table = Table::new(["ALERT", "FINGERPRINT", "SINCE", "STATE", "LABELS", "SUMMARY"]);
    for alert in alerts {
        let tone = if alert.status.state == "active" { Tone::Bad } else { Tone::Quiet };
        table.toned([
            (line(name(alert)), None),
            (line(&alert.fingerprint), None),
            (cx.when(alert.starts_at.0), None),
            (state(&alert.status), Some(tone)),
            (pairs(&alert.labels, Some("alertname")), None),
            (line(summary(alert)), None),
        ]);
    }
    let plural = if alerts.len() == 1 { "" } else { "s" };
    format!("{}{} alert{plural}; {}\n", table.text(cx, ""), alerts.len(), cx.zone_note())
}

/// All that is known of each.
pub(super) fn whole(alerts: &[Alert], cx: &Context) -> Shown {
    if alerts.is_empty() {
        let help = "it may be resolved; `evenkeel alert list --all` shows what fires";
        return Shown { exit: Exit::Findings, ..Shown::good("").beside(format!("no such alert fires; {help}\n")) };
    }
    let mut out: Vec<String> = alerts.iter().map(|alert| one(alert, cx)).collect();
    out.push(format!("{}\n", cx.zone_note()));
    Shown::good(out.join("\n"))
}

fn one(alert: &Alert, cx: &Context) -> String {
    let mut out = format!("{}  ({})\n", cx.paint(Tone::Heading, &line(name(alert))), line(&alert.fingerprint));
    let receivers: Vec<String> = alert.receivers.iter().map(|receiver| line(&receiver.name)).collect();
    let facts = [
        ("state", state(&alert.status)),
        ("since", cx.when(alert.starts_at.0)),
        ("last heard", cx.when(alert.updated_at.0)),
        ("until", format!("{} unless heard of again", cx.when(alert.ends_at.0))),
        ("receivers", receivers.join(", ")),
        ("from", line(&alert.generator_url)),
    ];
    for (label, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
        let _ = writeln!(out, "  {}  {text}", cx.paint(Tone::Quiet, &format!("{label:<10}")));
    }
    for (heading, pairs) in [("labels", &alert.labels), ("annotations", &alert.annotations)] {
        let _ = writeln!(out, "  {}", cx.paint(Tone::Quiet, heading));
        for (name, value) in pairs {
            let _ = writeln!(out, "    {}={}", line(name), line(value));
        }
    }
    out
}

fn name(alert: &Alert) -> &str {
    alert.labels.get("alertname").map_or("(no name)", String::as_str)
}

fn summary(alert: &Alert) -> &str {
    let named = |name: &str| alert.annotations.get(name).map(String::as_str);
    named("summary").or_else(|| named("description")).unwrap_or_default()
}

fn pairs(pairs: &BTreeMap<String, String>, without: Option<&str>) -> String {
    let shown = pairs.iter().filter(|(name, _)| Some(name.as_str()) != without);
    let shown: Vec<String> = shown.map(|(name, value)| format!("{}={}", line(name), line(value))).collect();
    shown.join(" ")
}

/// `active`, or by what it is kept quiet.
fn state(status: &Status) -> String {
    let silence = |id: &String| silence_id(id).map_or_else(|_| line(id), |id| id.to_string());
    let causes: [(&str, Vec<String>); 3] = [
        ("silenced by", status.silenced_by.iter().map(silence).collect()),
        ("inhibited by", status.inhibited_by.iter().map(|id| line(id)).collect()),
        ("muted by", status.muted_by.iter().map(|id| line(id)).collect()),
    ];
    let causes: Vec<String> =
        causes.iter().filter(|(_, by)| !by.is_empty()).map(|(how, by)| format!("{how} {}", by.join(", "))).collect();
    if causes.is_empty() { line(&status.state) } else { causes.join("; ") }
}

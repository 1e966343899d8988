//! One incident for somebody who was woken by it: what is wrong and who suffers first, then what may be done, then
//! what happened.

use std::fmt::Write as _;

use super::answer::{Detail, Entry, Impact, Incident};
use super::list::tone;
use super::standing::{Fact, facts, standing};
use super::{page, surroundings, update};
use crate::client::{Context, Table, Tone, line};

/// All that is known.
pub(super) fn text(detail: &Detail, cx: &Context) -> String {
    let incident = &detail.incident;
    let severity = cx.paint(tone(incident.severity), incident.severity.as_str());
    let mut out =
        format!("{severity}  {}  ({})\n", cx.paint(Tone::Heading, &line(&incident.title)), line(&incident.id));
    out.push_str(&facts(&first(detail, cx), cx));
    if incident.status == "open" {
        let hint = format!("evenkeel incident ack {}", line(incident.id.rsplit(':').next().unwrap_or_default()));
        let _ = writeln!(out, "\nTo take it on: {}", cx.paint(Tone::Heading, &hint));
    }
    for (heading, body) in sections(detail, cx).iter().filter(|(_, body)| !body.is_empty()) {
        let _ = write!(out, "\n{}\n{body}", cx.paint(Tone::Heading, heading));
    }
    let _ = writeln!(out, "\n{}", cx.zone_note());
    out
}

fn sections(detail: &Detail, cx: &Context) -> [(&'static str, String); 9] {
    [
        ("Stands on", surroundings::dependencies(&detail.dependencies, cx)),
        ("Paged", paged(detail, cx)),
        ("May be done without asking", bullets(&detail.without_asking)),
        ("Procedure", detail.procedure.as_ref().map_or_else(String::new, |path| format!("  {}\n", line(path)))),
        ("Alerts", surroundings::alerts(&detail.alerts, cx)),
        ("Related", surroundings::related(&detail.related, cx)),
        ("Last change", last_change(detail, cx)),
        ("Updates", detail.updates.iter().map(|one| update::text(one, "  ", cx)).collect()),
        ("Timeline", timeline(&detail.timeline, detail.timeline_omitted, cx)),
    ]
}

/// What is wrong, who suffers, how it stands.
fn first(detail: &Detail, cx: &Context) -> Vec<Fact> {
    let incident = &detail.incident;
    let why = if incident.severity_reason.is_empty() { "not said" } else { &incident.severity_reason };
    let mut facts = vec![("why", line(why), None), ("who suffers", suffering(incident, detail.impact.as_ref()), None)];
    facts.extend(standing(incident, cx));
    facts.push(("alerts", format!("{} of {} fire", incident.firing_count, incident.alert_count), None));
    facts.extend(place(incident, detail.impact.as_ref()).map(|place| ("workload", place, None)));
    facts
}

fn suffering(incident: &Incident, impact: Option<&Impact>) -> String {
    let who = impact.map(|impact| line(&impact.who)).filter(|who| !who.is_empty());
    let what = impact.map(|impact| line(&impact.what)).filter(|what| !what.is_empty());
    let notice = if incident.customer_visible { "customers notice" } else { "customers do not notice" };
    let told: Vec<String> = [who, what].into_iter().flatten().collect();
    if told.is_empty() { format!("not written down; {notice}") } else { format!("{}; {notice}", told.join(": ")) }
}

/// What is hit, and whose it is.
fn place(incident: &Incident, impact: Option<&Impact>) -> Option<String> {
    let named = |word: &str, name: &Option<String>| name.as_ref().map(|name| format!("{word}{}", line(name)));
    let tier = impact.and_then(|impact| impact.tier).map(|tier| format!("tier {tier}"));
    let components = impact.map(|impact| impact.components.iter().map(|name| line(name)).collect::<Vec<_>>());
    let components = components.filter(|names| !names.is_empty()).map(|names| format!("with {}", names.join(", ")));
    let parts = [
        named("", &incident.workload),
        tier,
        named("owner ", &incident.owner),
        named("response plan ", &incident.response_plan),
        named("priority ", &incident.priority),
        components,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn paged(detail: &Detail, cx: &Context) -> String {
    if detail.pages.is_empty() && detail.incident.status == "open" {
        return format!("  {}\n", cx.paint(Tone::Bad, "nobody"));
    }
    detail.pages.iter().map(|one| page::text(one, "  ", cx)).collect()
}

fn bullets(texts: &[String]) -> String {
    texts.iter().map(|text| format!("  - {}\n", line(text))).collect()
}

fn last_change(detail: &Detail, cx: &Context) -> String {
    let change = detail.last_change.as_ref();
    change.map_or_else(String::new, |change| format!("  {}, {}\n", line(&change.what), cx.when(change.at.0)))
}

fn timeline(entries: &[Entry], omitted: u64, cx: &Context) -> String {
    let mut table = Table::new(["", "", ""]);
    for Entry { at, actor, what } in entries {
        table.toned([(cx.second(at.0), Some(Tone::Quiet)), (line(actor), None), (line(what), None)]);
    }
    let mut out = table.text(cx, "  ");
    if omitted > 0 {
        let _ = writeln!(out, "  {omitted} more are left out; `evenkeel journal export` has them");
    }
    out
}

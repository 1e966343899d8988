//! What a change does to operation, for people and for machines.

use std::fmt::{Display, Write};
use std::sync::Arc;

use evenkeel_plan_diff::{Difference, FieldChange, ObjectChange, PagingChange, ShiftChange, Way};
use evenkeel_time::Timestamp;
use serde_json::{Value, json};

/// Of a schedule so many stretches are shown; the others are counted.
const STRETCHES_MAX: usize = 6;
/// Of a change so many alerts are named; the others are counted.
const ALERTS_MAX: usize = 8;

/// Paragraphs: who is paged for what, who is on call when, what is set otherwise, and what a server leaves behind.
#[must_use]
pub fn difference_text(difference: &Difference, left_behind: &[Box<str>]) -> String {
    let mut out = String::new();
    if difference.is_empty() && left_behind.is_empty() {
        return "operation stays what it was\n".to_owned();
    }
    section(&mut out, "Who is paged for what", difference.paging.iter().map(paging));
    section(&mut out, "Who is on call, in the next four weeks", difference.shifts.iter().map(shifts));
    section(&mut out, "What is set otherwise", difference.objects.iter().map(object));
    section(
        &mut out,
        "What the running server has open and would lose",
        left_behind.iter().map(|one| format!("! {one}\n")),
    );
    out
}

fn section(out: &mut String, title: &str, entries: impl Iterator<Item = String>) {
    let entries: Vec<String> = entries.collect();
    if !entries.is_empty() {
        let blank = if out.is_empty() { "" } else { "\n" };
        let _ = write!(out, "{blank}{title}\n\n{}", entries.concat());
    }
}

fn paging(change: &PagingChange) -> String {
    let more = change.alerts.len().saturating_sub(ALERTS_MAX);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let mut out = format!("{}{more}\n", joined(change.alerts.iter().take(ALERTS_MAX), ", "));
    ways(&mut out, '-', &change.before, &change.after);
    ways(&mut out, '+', &change.after, &change.before);
    out
}

/// The ways that the other side does not have.
fn ways(out: &mut String, mark: char, ways: &[Way], others: &[Way]) {
    if ways.is_empty() {
        let _ = writeln!(out, "  {mark} no such alert");
    }
    for way in ways.iter().filter(|way| !others.contains(way)) {
        let incident = match &way.incident {
            Some((plan, severity)) => format!(", incident by {plan}, {severity}"),
            None => ", a notice only".to_owned(),
        };
        let _ = writeln!(out, "  {mark} {} to {}{incident}", way.route, way.receiver);
        for (number, step) in (1..).zip(&way.steps) {
            let _ = writeln!(out, "  {mark}   {number}. {step}");
        }
    }
}

fn shifts(change: &ShiftChange) -> String {
    let mut out = format!("{}: other people for {} in all\n", change.schedule, change.lasts());
    for stretch in change.stretches.iter().take(STRETCHES_MAX) {
        let (before, after) = (people(&stretch.before), people(&stretch.after));
        let _ = writeln!(out, "  {} to {}: {before} -> {after}", minute(stretch.from), minute(stretch.until));
    }
    let more = change.stretches.len().saturating_sub(STRETCHES_MAX);
    if more > 0 {
        let _ = writeln!(out, "  and {more} times more");
    }
    out
}

fn people(people: &[Arc<str>]) -> String {
    if people.is_empty() { "nobody".to_owned() } else { joined(people, " and ") }
}

/// To the minute, in UTC.
fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    format!("{}Z", text.get(..16).unwrap_or(&text))
}

fn object(change: &ObjectChange) -> String {
    let (mark, fields) = match (change.is_new(), change.is_gone()) {
        (true, _) => ('+', change.fields.iter().map(|field| side(field.field, field.after.as_deref())).collect()),
        (_, true) => ('-', String::new()),
        (false, false) => ('~', change.fields.iter().map(field).collect::<String>()),
    };
    format!("{mark} {} {}\n{fields}", change.sort.as_str(), change.name)
}

fn side(name: &str, value: Option<&str>) -> String {
    value.map(|value| format!("    {name}: {value}\n")).unwrap_or_default()
}

fn field(change: &FieldChange) -> String {
    let value = |value: &Option<Box<str>>| value.as_deref().unwrap_or("nothing").to_owned();
    format!("    {}: {} -> {}\n", change.field, value(&change.before), value(&change.after))
}

fn joined<T: Display>(items: impl IntoIterator<Item = T>, between: &str) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(between)
}

/// One object with everything in it.
#[must_use]
pub fn difference_json(difference: &Difference, left_behind: &[Box<str>]) -> Value {
    let way = |way: &Way| {
        json!({
            "route": &*way.route,
            "receiver": &*way.receiver,
            "response_plan": way.incident.as_ref().map(|incident| &*incident.0),
            "severity": way.incident.as_ref().map(|incident| incident.1.to_string()),
            "steps": way.steps,
        })
    };
    let ways = |ways: &[Way]| ways.iter().map(way).collect::<Vec<_>>();
    let names = |names: &[Arc<str>]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
    let paging = |change: &PagingChange| json!({"alerts": names(&change.alerts), "before": ways(&change.before), "after": ways(&change.after)});
    let stretches = |change: &ShiftChange| {
        let one = |one: &evenkeel_plan_diff::Stretch| {
            json!({
                "from": one.from.to_string(), "until": one.until.to_string(),
                "before": names(&one.before), "after": names(&one.after),
            })
        };
        change.stretches.iter().map(one).collect::<Vec<_>>()
    };
    let fields = |change: &ObjectChange| {
        let one = |one: &FieldChange| json!({"field": one.field, "before": one.before, "after": one.after});
        change.fields.iter().map(one).collect::<Vec<_>>()
    };
    let shift = |change: &ShiftChange| json!({"schedule": &*change.schedule, "stretches": stretches(change)});
    let object =
        |change: &ObjectChange| json!({"sort": change.sort.as_str(), "name": change.name, "fields": fields(change)});
    json!({
        "paging": difference.paging.iter().map(paging).collect::<Vec<_>>(),
        "on_call": difference.shifts.iter().map(shift).collect::<Vec<_>>(),
        "objects": difference.objects.iter().map(object).collect::<Vec<_>>(),
        "left_behind": left_behind,
    })
}

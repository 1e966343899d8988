//! The Python oracle: cases in, answers out.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Command, Stdio};

use evenkeel_model::{Layer, Shift};
use evenkeel_oncall::{Because, OnCall};
use evenkeel_time::Civil;
use serde_json::{Value, json};

use crate::case::Case;
use crate::zones::YEARS;

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle.py");

/// What the oracle says: the changes of each zone's clock, then one answer a case.
pub(crate) struct Answers {
    pub(crate) zones: BTreeMap<String, Option<Vec<(i64, i64)>>>,
    pub(crate) cases: Vec<Vec<String>>,
}

/// Asks it. An error says what this machine lacks.
pub(crate) fn ask(zones: &[&str], cases: &[Case]) -> Result<Answers, String> {
    let mut child = Command::new("python3")
        .arg(PROGRAM)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("python3 does not start: {error}"))?;
    let stdin = child.stdin.take().expect("piped");
    let stdout = BufReader::new(child.stdout.take().expect("piped"));
    let lines: Vec<String> = std::thread::scope(|scope| {
        scope.spawn(|| tell(stdin, zones, cases));
        stdout.lines().collect::<Result<_, _>>().expect("text")
    });
    let status = child.wait().expect("a status");
    if !status.success() && lines.is_empty() {
        return Err(format!("python3 has no zoneinfo, or ends at once: {status}"));
    }
    assert!(status.success(), "the oracle answers to the end: {status}");
    let mut lines = lines.iter();
    let zones = serde_json::from_str(lines.next().expect("zones")).expect("zones");
    let cases = lines.map(|line| serde_json::from_str(line).expect("answers")).collect();
    Ok(Answers { zones, cases })
}

/// A pipe that breaks shows in the answers.
fn tell(stdin: impl Write, zones: &[&str], cases: &[Case]) {
    let mut stdin = BufWriter::new(stdin);
    let first = json!({ "zones": zones, "years": [YEARS.0, YEARS.1] });
    let lines = std::iter::once(first).chain(cases.iter().map(written));
    for line in lines {
        if writeln!(stdin, "{line}").is_err() {
            return;
        }
    }
}

fn written(case: &Case) -> Value {
    let people = |people: &[std::sync::Arc<str>]| people.iter().map(|person| json!(**person)).collect::<Vec<_>>();
    let mut overrides: Vec<Value> = Vec::new();
    for each in &case.schedule.overrides {
        overrides.push(json!({
            "from": each.from, "until": each.until, "people": people(&each.people),
            "replaces": each.replaces.as_deref(), "why": "written",
        }));
    }
    for each in case.overrides.overrides() {
        overrides.push(json!({
            "from": each.from, "until": each.until, "people": [*each.person],
            "replaces": each.replaces.as_deref(), "why": each.id.to_string(),
        }));
    }
    let layers: Vec<Value> = case.schedule.layers.iter().map(layer).collect();
    json!({ "layers": layers, "overrides": overrides, "instants": case.instants })
}

fn layer(layer: &Layer) -> Value {
    let civil = |civil: Civil| json!([civil.year, civil.month, civil.day, civil.minute]);
    let shift = match layer.shift {
        Shift::Hours(count) => json!(["hours", count]),
        Shift::Days(count) => json!(["days", count]),
        Shift::Weeks(count) => json!(["weeks", count]),
    };
    let turns: Vec<Vec<&str>> = layer.turns.iter().map(|turn| turn.iter().map(AsRef::as_ref).collect()).collect();
    let windows: Vec<Value> =
        layer.restrictions.iter().map(|window| json!([window.weekdays, window.start, window.end])).collect();
    json!({
        "name": *layer.name, "zone": layer.zone.name(), "start": civil(layer.start), "end": layer.end.map(civil),
        "shift": shift, "turns": turns, "restrictions": windows,
    })
}

/// As the oracle puts it.
pub(crate) fn answer(on_call: &OnCall) -> String {
    let why = match &on_call.because {
        Because::Layer { name, turn, turns } => format!("{name} {turn}/{turns}"),
        Because::DocumentOverride { .. } => "written".to_owned(),
        Because::Override { id } => id.to_string(),
        Because::Nobody => "nobody".to_owned(),
    };
    format!("{}|{why}", on_call.people.join(","))
}

//! Rotations → schedules: one for each rotation, since all rotations of an on-call schedule hold at once, while of the
//! layers of a schedule the last one counts.

use std::collections::BTreeMap;

use evenkeel_model::quoted;

use super::directory::Directory;
use super::export::Export;
use super::hand_over::{Layer, WEEKS_MAX, layers};
use super::overrides::RotationOverride;
use super::recurrence::HandOvers;
use super::rotation::Rotation;
use crate::codes::{APPROXIMATED, NOT_CARRIED_OVER};
use crate::document::Document;
use crate::emit::{Map, Value};
use crate::report::Report;

/// Makes a schedule of each.
pub(super) fn schedules(export: &Export<'_>, directory: &Directory<'_>, report: &mut Report) -> Vec<Document> {
    let mut overrides: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for replacement in &export.overrides {
        let written = schedule_override(replacement, directory, report);
        overrides.entry(replacement.rotation.value).or_default().extend(written);
    }
    let mut schedules = Vec::new();
    for rotation in &export.rotations {
        if let Some(name) = directory.schedule(rotation) {
            let overrides = overrides.remove(rotation.arn.value).unwrap_or_default();
            schedules.extend(schedule(rotation, name, overrides, directory, report));
        }
    }
    for lost in export.overrides.iter().filter(|known| overrides.contains_key(known.rotation.value)) {
        let headline = format!("no rotation {} is here", quoted(lost.rotation.value));
        report.find(NOT_CARRIED_OVER, lost.span, headline, "add what `aws ssm-contacts get-rotation` prints for it");
    }
    schedules
}

fn schedule(
    rotation: &Rotation<'_>,
    name: &str,
    overrides: Vec<Value>,
    directory: &Directory<'_>,
    report: &mut Report,
) -> Option<Document> {
    let mark = report.mark();
    let people: Vec<&str> = rotation.contacts.iter().filter_map(|id| directory.person(*id, report)).collect();
    let layers = layers(rotation);
    if people.is_empty() {
        return None;
    }
    say_what_differs(rotation, &layers, people.len(), report);
    let written = layers.iter().map(|layer| layer_of(layer, &people)).collect();
    let spec = Map::new()
        .with("timeZone", rotation.zone.name())
        .with("layers", Value::List(written))
        .with_some("overrides", Some(overrides).filter(|overrides| !overrides.is_empty()).map(Value::List));
    let mut comments = report.since(mark);
    comments.insert(0, format!("Incident Manager's rotation `{}`.", rotation.name.value));
    Some(Document { kind: "Schedule", name: name.to_owned(), owner: None, spec, comments })
}

fn say_what_differs(rotation: &Rotation<'_>, layers: &[Layer], people: usize, report: &mut Report) {
    let recurrence = &rotation.recurrence;
    let span = recurrence.span;
    let several = match &recurrence.hand_overs {
        HandOvers::Monthly(_) => {
            let headline = "shifts by the month have no counterpart: a month becomes four weeks";
            let help = "who is on call drifts from Incident Manager's calendar; choose days or weeks that suit you";
            report.find(APPROXIMATED, span, headline, help);
            false
        }
        HandOvers::Daily(times) | HandOvers::Weekly(times) => times.len() > 1 && recurrence.multiplier > 1,
    };
    if several {
        let headline = "several hand-offs in shifts of several days or weeks have no counterpart: the first is taken";
        report.find(APPROXIMATED, span, headline, "write layers that hand over when you want it");
    }
    let weeks = match &recurrence.hand_overs {
        HandOvers::Daily(_) => 0,
        HandOvers::Weekly(_) => recurrence.multiplier,
        HandOvers::Monthly(_) => recurrence.multiplier * 4,
    };
    if weeks > WEEKS_MAX {
        let headline = format!("a turn of {weeks} weeks became one of {WEEKS_MAX}");
        report.find(APPROXIMATED, span, headline, "a turn is a year at most");
    }
    if recurrence.on_calls > 1 {
        let headline = format!(
            "{} on call at once: turns follow each other in the order of the contacts",
            recurrence.on_calls.min(people)
        );
        report.find(APPROXIMATED, span, headline, "compare the turns with `aws ssm-contacts list-rotation-shifts`");
    }
    if layers.iter().any(|layer| !layer.begins_on_time) {
        let headline = "the rotation starts between two hand-offs: the first turn begins with the one before";
        let help = "compare who is on call now with `aws ssm-contacts list-rotation-shifts`";
        report.find(APPROXIMATED, rotation.start.span, headline, help);
    }
    if recurrence.coverage.as_ref().is_some_and(super::coverage::Hours::is_empty) {
        let headline = "the rotation covers no hour, so it became one that covers all";
        report.find(APPROXIMATED, span, headline, "write `restrictions`, or remove the schedule");
    }
}

fn layer_of(layer: &Layer, people: &[&str]) -> Value {
    let turns = layer.turns(people.len()).into_iter().map(|turn| {
        let mut people: Vec<&str> = turn.into_iter().filter_map(|at| people.get(at).copied()).collect();
        people.dedup();
        match people.as_slice() {
            [alone] => Value::from(*alone),
            several => Value::from(several.to_vec()),
        }
    });
    let restrictions = layer.hours.as_ref().map(super::coverage::Hours::restrictions);
    let (unit, count) = layer.shift;
    Map::new()
        .with("name", layer.name.as_str())
        .with("start", layer.start.strftime("%Y-%m-%dT%H:%M").to_string())
        .with("shift", Value::Flow(Map::new().with(unit, Value::Whole(u64::from(count)))))
        .with("turns", Value::List(turns.collect()))
        .with_some("restrictions", restrictions.map(Value::List))
        .into()
}

fn schedule_override(
    replacement: &RotationOverride<'_>,
    directory: &Directory<'_>,
    report: &mut Report,
) -> Option<Value> {
    let people: Vec<&str> = replacement.contacts.iter().filter_map(|id| directory.person(*id, report)).collect();
    if people.is_empty() || replacement.from >= replacement.until {
        let headline = "an override that puts nobody on call has no counterpart";
        report.find(NOT_CARRIED_OVER, replacement.span, headline, "the rotation holds at that time");
        return None;
    }
    let map = Map::new().with("from", replacement.from.to_string()).with("until", replacement.until.to_string());
    Some(map.with("people", people).into())
}

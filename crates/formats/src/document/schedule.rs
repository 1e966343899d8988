//! `kind: Schedule`.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::codes;
use evenkeel_model::document::{LayerDocument, Name, OverrideDocument, ScheduleDocument};
use evenkeel_time::{WeeklyWindow, Zone};

use super::calendar::{civil, instant, window, zone};
use super::names::{named, names, own_name};
use super::shift::shift;
use crate::fields::{Cx, Fields};
use crate::yaml::{Node, Value};

/// Reads `spec`. A zone has to be written: hand-over at nine means another hour everywhere else.
pub(super) fn schedule(spec: &mut Fields<'_>, cx: &mut Cx) -> ScheduleDocument {
    let zone = zone(spec, "timeZone", cx);
    spec.require("timeZone", cx);
    let zone = zone.unwrap_or(Zone::UTC);
    let layers = spec.list("layers", cx).iter().filter_map(|node| layer(node, &zone, cx)).collect();
    let overrides = spec.list("overrides", cx).iter().filter_map(|node| override_of(node, &zone, cx)).collect();
    spec.finish(cx);
    ScheduleDocument { zone, layers, overrides }
}

fn layer(node: &Node, of_schedule: &Zone, cx: &mut Cx) -> Option<LayerDocument> {
    let mut fields = Fields::of(node, "a layer", cx)?;
    let name = own_name(&mut fields, "a layer", cx);
    let zone = zone(&mut fields, "timeZone", cx).unwrap_or_else(|| of_schedule.clone());
    let start = civil(&mut fields, "start", cx);
    fields.require("start", cx);
    let end = civil(&mut fields, "end", cx);
    if let (Some(start), Some(end)) = (&start, &end)
        && end.value <= start.value
    {
        cx.push(Diagnostic::error(codes::INVALID_TIME, end.span, "the layer ends before it starts"));
    }
    let shift = shift(&mut fields, cx);
    let turns = turns(&mut fields, cx);
    let restrictions = fields.list("restrictions", cx).iter().filter_map(|node| restriction(node, cx)).collect();
    fields.finish(cx);
    let end = end.map(|end| end.value);
    Some(LayerDocument { name: name?, zone, start: start?.value, end, shift, turns, restrictions })
}

fn turns(fields: &mut Fields<'_>, cx: &mut Cx) -> Vec<Vec<Name>> {
    let turns = fields.list("turns", cx).iter().filter_map(|node| turn(node, cx)).collect();
    fields.require_items("turns", cx);
    turns
}

/// One person, or a list of those who take the turn together.
fn turn(node: &Node, cx: &mut Cx) -> Option<Vec<Name>> {
    let mut person = |node: &Node| {
        let Some(name) = node.as_text() else {
            let headline = format!("a turn is a person or a list of people, not {}", node.sort());
            cx.push(Diagnostic::error(codes::WRONG_TYPE, node.span, headline));
            return None;
        };
        Some(Spanned::new(Arc::from(name), node.span))
    };
    let Value::Seq(items) = &node.value else { return person(node).map(|name| vec![name]) };
    let people: Vec<Name> = items.iter().filter_map(person).collect();
    if items.is_empty() {
        cx.push(Diagnostic::error(codes::MISSING_FIELD, node.span, "a turn cannot be empty"));
    }
    (!people.is_empty()).then_some(people)
}

fn restriction(node: &Node, cx: &mut Cx) -> Option<WeeklyWindow> {
    let mut fields = Fields::of(node, "a restriction", cx)?;
    let window = window(&mut fields, cx);
    fields.finish(cx);
    Some(window)
}

fn override_of(node: &Node, zone: &Zone, cx: &mut Cx) -> Option<OverrideDocument> {
    let mut fields = Fields::of(node, "an override", cx)?;
    let from = instant(&mut fields, "from", zone, cx);
    let until = instant(&mut fields, "until", zone, cx);
    fields.require("from", cx);
    fields.require("until", cx);
    fields.at_most_one("person", "people", cx);
    let mut people: Vec<Name> = named(&mut fields, "person", cx).into_iter().collect();
    people.extend(names(&mut fields, "people", cx));
    if fields.node("person").is_none() {
        fields.require_items("people", cx);
    }
    let replaces = named(&mut fields, "replaces", cx);
    fields.finish(cx);
    let (from, until) = (from?, until?);
    let until_span = fields.node("until").map_or(fields.span, |node| node.span);
    if until <= from {
        cx.push(Diagnostic::error(codes::INVALID_TIME, until_span, "the override ends before it starts"));
    }
    Some(OverrideDocument { from, until, until_span, people, replaces })
}

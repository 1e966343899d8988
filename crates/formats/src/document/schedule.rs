//! `kind: Schedule`.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::codes;
use evenkeel_model::document::{LayerDocument, Name, OverrideDocument, ScheduleDocument};
use evenkeel_time::{WeeklyWindow, Zone};

use super::calendar::{TIMES, WEEKDAYS, civil, instant, window, zone};
use super::names::{entry_name, named, names, shared};
use super::shift::{SHIFT_FIELD, shift};
use crate::fields::{Cx, Fields, Item};
use crate::shape::{Field, Form, Kind, Least, Record, Rule, Sort};

pub(super) static KIND: Kind = Kind { name: "Schedule", about: "Who is on call when.", spec: &SPEC };

/// A zone has to be written: hand-over at nine means another hour everywhere else.
static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("timeZone", Sort::Text(Form::Zone), "The clock that its times are on, such as `Europe/Berlin`.")
            .required(),
        Field::new(
            "layers",
            Sort::List(&Sort::Record(&LAYER), Least::None),
            "Rotations; where several have somebody on call, the last of them counts.",
        ),
        Field::new(
            "overrides",
            Sort::List(&Sort::Record(&OVERRIDE), Least::None),
            "Who stands in for whom when; the later goes over the earlier.",
        ),
    ],
    rules: &[],
};

static LAYER: Record = Record {
    what: "a layer",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("a layer")), "What it is called; unique in the schedule.").required(),
        Field::new("timeZone", Sort::Text(Form::Zone), "The layer's clock; without it, the schedule's."),
        Field::new("start", Sort::Text(Form::Civil), "The first hand-over, on the layer's clock.").required(),
        Field::new("end", Sort::Text(Form::Civil), "From this hand-over on nobody has a turn."),
        SHIFT_FIELD,
        Field::new(
            "turns",
            Sort::List(&Sort::Group(Form::Named("person"), "a turn", "a person or a list of people"), Least::One),
            "Who takes turns, in their order; a turn is one person or several at once.",
        )
        .required(),
        Field::new(
            "restrictions",
            Sort::List(&Sort::Record(&RESTRICTION), Least::None),
            "When the layer has somebody on call; without it, always.",
        ),
    ],
    rules: &[],
};

static RESTRICTION: Record =
    Record { what: "a restriction", fields: &[TIMES, WEEKDAYS], rules: &[Rule::Some(&["times", "weekdays"])] };

static OVERRIDE: Record = Record {
    what: "an override",
    fields: &[
        Field::new("from", Sort::Text(Form::CivilOrInstant), "When it begins.").required(),
        Field::new("until", Sort::Text(Form::CivilOrInstant), "When it ends.").required(),
        Field::new("person", Sort::Text(Form::Named("person")), "Who is on call then."),
        Field::new("people", Sort::OneOrMany(Form::Named("person"), Least::One), "Who are on call together then."),
        Field::new("replaces", Sort::Text(Form::Named("person")), "It holds only while this person would be on call."),
    ],
    rules: &[Rule::NotBoth("person", "people"), Rule::Some(&["people", "person"])],
};

/// Reads `spec`.
pub(super) fn schedule(spec: &mut Fields<'_>, cx: &mut Cx) -> ScheduleDocument {
    let zone = zone(spec, "timeZone", cx).unwrap_or(Zone::UTC);
    let layers = spec.records("layers").into_iter().filter_map(|fields| layer(fields, &zone, cx)).collect();
    let overrides = spec.records("overrides").into_iter().filter_map(|fields| override_of(fields, &zone, cx)).collect();
    ScheduleDocument { zone, layers, overrides }
}

fn layer(mut fields: Fields<'_>, of_schedule: &Zone, cx: &mut Cx) -> Option<LayerDocument> {
    let name = entry_name(&mut fields, cx);
    let zone = zone(&mut fields, "timeZone", cx).unwrap_or_else(|| of_schedule.clone());
    let start = civil(&mut fields, "start", cx);
    let end = civil(&mut fields, "end", cx);
    if let (Some(start), Some(end)) = (&start, &end)
        && end.value <= start.value
    {
        cx.push(Diagnostic::error(codes::INVALID_TIME, end.span, "the layer ends before it starts"));
    }
    let shift = shift(&mut fields);
    let turns = fields.items("turns").into_iter().filter_map(turn).collect();
    let restrictions = fields.records("restrictions").into_iter().map(|fields| restriction(fields, cx)).collect();
    let end = end.map(|end| end.value);
    Some(LayerDocument { name: name?, zone, start: start?.value, end, shift, turns, restrictions })
}

/// One person, or those who take the turn together.
fn turn(item: Item<'_>) -> Option<Vec<Name>> {
    match item {
        Item::Text(person) => Some(vec![shared(person)]),
        Item::Texts(people) => Some(people.into_iter().map(shared).collect()),
        Item::Fields(_) => None,
    }
}

fn restriction(mut fields: Fields<'_>, cx: &mut Cx) -> WeeklyWindow {
    window(&mut fields, cx)
}

fn override_of(mut fields: Fields<'_>, zone: &Zone, cx: &mut Cx) -> Option<OverrideDocument> {
    let from = instant(&mut fields, "from", zone, cx);
    let until = instant(&mut fields, "until", zone, cx);
    let mut people: Vec<Name> = named(&mut fields, "person", cx).into_iter().collect();
    people.extend(names(&mut fields, "people"));
    let replaces = named(&mut fields, "replaces", cx);
    let (from, until) = (from?.value, until?);
    if until.value <= from {
        cx.push(Diagnostic::error(codes::INVALID_TIME, until.span, "the override ends before it starts"));
    }
    Some(OverrideDocument { from, until: until.value, until_span: until.span, people, replaces })
}

//! `kind: RoutingTest`.

use std::sync::Arc;

use evenkeel_diagnostic::{Span, Spanned};
use evenkeel_model::document::{
    CaseAlert, Expectation, ExpectedIncident, ExpectedPage, RoutingCase, RoutingTestDocument, Text,
};
use evenkeel_time::Duration;

use super::metadata::{LABELS, TEXTS};
use super::names::{named, names};
use super::prose::{SEVERITY, severity};
use crate::fields::{Cx, Fields, Item};
use crate::shape::{Field, Form, Kind, Least, Record, Rule, Sort};

/// How long a case is watched, unless it says otherwise.
const WATCHED_FOR: Duration = Duration::hours(1);

pub(super) static KIND: Kind = Kind { name: "RoutingTest", about: "What should become of an alert.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[Field::new("cases", Sort::List(&Sort::Record(&CASE), Least::One), "The cases.").required()],
    rules: &[],
};

static CASE: Record = Record {
    what: "a case",
    fields: &[
        Field::new("name", Sort::Text(Form::Prose(200)), "What it is about, in a few words.").required(),
        Field::new("at", Sort::Text(Form::Instant), "When the alerts fire, such as `2026-12-24T03:00:00+01:00`.")
            .required(),
        Field::new("alert", Sort::Record(&ALERT), "The alert that fires."),
        Field::new("alerts", Sort::List(&Sort::Record(&ALERT), Least::One), "The alerts that fire together."),
        Field::new("acknowledgedAfter", Sort::Text(Form::Duration), "When somebody answers; without it, nobody does."),
        Field::new("for", Sort::Text(Form::Period), "How long it is watched.").default("1h"),
        Field::new("expect", Sort::Record(&EXPECT), "What should come of it; what is not said may be anything.")
            .required(),
    ],
    rules: &[Rule::One(&["alert", "alerts"], "a case needs an alert")],
};

static ALERT: Record = Record {
    what: "an alert",
    fields: &[
        Field::new("labels", LABELS, "Its labels, `alertname` among them.").required(),
        Field::new("annotations", TEXTS, "Its annotations."),
    ],
    rules: &[],
};

static EXPECT: Record = Record {
    what: "`expect`",
    fields: &[
        Field::new(
            "receivers",
            Sort::OneOrMany(Form::Named("receiver"), Least::None),
            "Exactly these receivers are told; none listed: nobody is.",
        ),
        Field::new(
            "incident",
            Sort::Either(Form::Word(&["none"]), &INCIDENT),
            "The incident that is opened, or `none`.",
        ),
        Field::new(
            "pages",
            Sort::List(&Sort::Record(&PAGE), Least::None),
            "Exactly these pages, in order of time; none listed: nobody is paged.",
        ),
    ],
    rules: &[Rule::Some(&["receivers", "incident", "pages"])],
};

static INCIDENT: Record = Record {
    what: "`incident`",
    fields: &[
        Field::new("responsePlan", Sort::Text(Form::Named("response plan")), "The response plan that it follows."),
        Field::new("severity", SEVERITY, "How bad it is."),
    ],
    rules: &[],
};

static PAGE: Record = Record {
    what: "a page",
    fields: &[
        Field::new("person", Sort::Text(Form::Named("person")), "Who is paged, or a receiver that a step pages.")
            .required(),
        Field::new("after", Sort::Text(Form::Duration), "How long after the firing; without it, at any time."),
        Field::new(
            "contacts",
            Sort::OneOrMany(Form::Named("contact"), Least::None),
            "Exactly these contacts are tried, in any order; without it, any.",
        ),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn routing_test(spec: &mut Fields<'_>, cx: &mut Cx) -> RoutingTestDocument {
    let cases = spec.records("cases").into_iter().filter_map(|fields| case(fields, cx)).collect();
    RoutingTestDocument { cases }
}

fn case(mut fields: Fields<'_>, cx: &mut Cx) -> Option<RoutingCase> {
    let name = fields.text("name", cx).map(|name| name.map(Arc::from));
    let at = fields.text("at", cx).and_then(|text| text.value.parse().ok());
    let written: Vec<Fields<'_>> = fields.record("alert").into_iter().chain(fields.records("alerts")).collect();
    let alerts = written.into_iter().map(|fields| alert(fields, cx)).collect();
    let acknowledged_after = fields.duration("acknowledgedAfter", cx).map(|after| after.value);
    let watched_for = fields.period("for", cx).unwrap_or(WATCHED_FOR);
    let expect = fields.record("expect").map(|fields| expectation(fields, cx));
    let span = fields.span;
    Some(RoutingCase { span, name: name?, at: at?, alerts, acknowledged_after, watched_for, expect: expect? })
}

fn alert(mut fields: Fields<'_>, cx: &mut Cx) -> CaseAlert {
    let mut read = |name| -> Vec<(Text, Text)> {
        let pairs = fields.pairs(name, cx).into_iter();
        pairs.map(|(key, value)| (Spanned::new(key.value.as_str().into(), key.span), value.map(Box::from))).collect()
    };
    CaseAlert { labels: read("labels"), annotations: read("annotations") }
}

fn expectation(mut fields: Fields<'_>, cx: &mut Cx) -> Expectation {
    let span = fields.span;
    let place = said(&mut fields, "receivers");
    let receivers = place.map(|place| Spanned::new(names(&mut fields, "receivers"), place));
    let place = said(&mut fields, "incident");
    let incident = fields.item("incident").zip(place).map(|(item, place)| Spanned::new(incident(item, cx), place));
    let place = said(&mut fields, "pages");
    let pages = place.map(|place| {
        let pages = fields.records("pages").into_iter().filter_map(|fields| page(fields, cx)).collect();
        Spanned::new(pages, place)
    });
    Expectation { span, receivers, incident, pages }
}

fn incident(item: Item<'_>, cx: &mut Cx) -> Option<ExpectedIncident> {
    let Item::Fields(mut fields) = item else { return None };
    let place = said(&mut fields, "severity");
    let severity = severity(&mut fields, "severity").zip(place).map(|(severity, place)| Spanned::new(severity, place));
    Some(ExpectedIncident { response_plan: named(&mut fields, "responsePlan", cx), severity })
}

fn page(mut fields: Fields<'_>, cx: &mut Cx) -> Option<ExpectedPage> {
    let person = named(&mut fields, "person", cx);
    let after = fields.duration("after", cx).map(|after| after.value);
    let contacts = said(&mut fields, "contacts").map(|_| names(&mut fields, "contacts"));
    Some(ExpectedPage { span: fields.span, person: person?, after, contacts })
}

/// Where something is said.
fn said(fields: &mut Fields<'_>, name: &'static str) -> Option<Span> {
    fields.node(name).filter(|node| node.as_text() != Some("")).map(|node| node.span)
}

//! `kind: Kpi`.

use evenkeel_model::KpiTarget;
use evenkeel_model::document::KpiDocument;

use super::names::named;
use super::prose::{PROSE, prose};
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Record, Rule, Sort};
use crate::yaml::written;

pub(super) static KIND: Kind =
    Kind { name: "Kpi", about: "A number that shows whether a goal comes about, and where it should be.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("outcome", PROSE, "What it says of the outcome.").required(),
        Field::new("goal", Sort::Text(Form::Named("goal")), "The goal that it measures.").required(),
        Field::new("workload", Sort::Text(Form::Named("workload")), "The workload that brings it about."),
        Field::new("query", Sort::Text(Form::Any), "What gives its value: PromQL for one number.").required(),
        Field::new("target", Sort::Record(&TARGET), "Where the value should be.").required(),
        Field::new("unit", PROSE, "What the value is counted in, for people."),
    ],
    rules: &[],
};

static TARGET: Record = Record {
    what: "a target",
    fields: &[
        Field::new("atLeast", Sort::Text(Form::Number), "The value should be this or above."),
        Field::new("atMost", Sort::Text(Form::Number), "The value should be this or below."),
    ],
    rules: &[Rule::One(&["atLeast", "atMost"], "a target needs a number")],
};

/// Reads `spec`; `text` is the whole file's.
pub(super) fn kpi(spec: &mut Fields<'_>, text: &str, cx: &mut Cx) -> Option<KpiDocument> {
    let outcome = prose(spec, "outcome", cx);
    let goal = named(spec, "goal", cx);
    let workload = named(spec, "workload", cx);
    let asked = spec.text("query", cx).is_some();
    let query = spec.node("query").filter(|_| asked).and_then(|node| written(node, text));
    let target = spec.record("target").and_then(|fields| target(fields, cx));
    let unit = prose(spec, "unit", cx);
    Some(KpiDocument { outcome: outcome?, goal: goal?, workload, query: query?, target: target?, unit })
}

fn target(mut fields: Fields<'_>, cx: &mut Cx) -> Option<KpiTarget> {
    let mut number =
        |name: &'static str| fields.text(name, cx)?.value.parse().ok().filter(|number: &f64| number.is_finite());
    let (least, most) = (number("atLeast"), number("atMost"));
    least.map(KpiTarget::AtLeast).or(most.map(KpiTarget::AtMost))
}

//! `kind: ResponsePlan`.

use evenkeel_model::Hit;
use evenkeel_model::document::{ResponseDocument, Text};
use evenkeel_time::Duration;

use super::names::{named, names};
use crate::fields::{Cx, Fields};
use crate::shape::form::address::{address, is_address};
use crate::shape::{Field, Form, Kind, Least, Record, Rule, Sort};

const REOPEN_WITHIN: Duration = Duration::hours(1);
const HITS: [&str; 4] = [Hit::Outage.as_str(), Hit::Degraded.as_str(), Hit::Minor.as_str(), Hit::None.as_str()];

pub(super) static KIND: Kind =
    Kind { name: "ResponsePlan", about: "What the alerts of a receiver become: an incident.", spec: &SPEC };

/// `receivers` has to be there: one that was forgotten would leave every alert a mere notice.
static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new(
            "receivers",
            Sort::OneOrMany(Form::Named("receiver"), Least::None),
            "The receivers whose routes it is attached to; with none, only people open incidents by it.",
        )
        .required(),
        Field::new("workload", Sort::Text(Form::Named("workload")), "What is hit."),
        Field::new("environment", Sort::Text(Form::Named("environment")), "Which environment of it."),
        Field::new(
            "escalation",
            Sort::Text(Form::Named("escalation policy")),
            "Whom it pages; without it, as the team that owns it does.",
        ),
        Field::new("impact", Sort::Text(Form::Word(&HITS)), "How hard the workload is hit.").default("outage"),
        Field::new(
            "procedure",
            Sort::Text(Form::PathOrUrl),
            "What helps: a path in the ops repo, the name of a runbook or playbook, or an address.",
        ),
        Field::new(
            "customerVisible",
            Sort::Bool,
            "Whether customers notice; without it, as the workload's impact says.",
        ),
        Field::new("communication", Sort::Text(Form::Named("communication plan")), "Who is told how it goes."),
        Field::new(
            "reopenWithin",
            Sort::Text(Form::Duration),
            "The same alerts again within this time open the incident again.",
        )
        .default("1h"),
    ],
    rules: &[Rule::Needs("environment", "workload")],
};

/// Reads `spec`.
pub(super) fn response_plan(spec: &mut Fields<'_>, cx: &mut Cx) -> ResponseDocument {
    ResponseDocument {
        receivers: names(spec, "receivers"),
        workload: named(spec, "workload", cx),
        environment: named(spec, "environment", cx),
        escalation: named(spec, "escalation", cx),
        impact: spec.word("impact", &Hit::ALL.map(|hit| (hit.as_str(), hit))).unwrap_or(Hit::Outage),
        procedure: procedure(spec, cx),
        customer_visible: spec.boolean("customerVisible", cx),
        communication: named(spec, "communication", cx),
        reopen_within: spec.duration("reopenWithin", cx).map_or(REOPEN_WITHIN, |within| within.value),
    }
}

/// An address, a path in the ops repo, or the name of a runbook or playbook.
fn procedure(spec: &mut Fields<'_>, cx: &mut Cx) -> Option<Text> {
    let text = spec.text("procedure", cx)?;
    let good = !is_address(text.value) || address(text).is_some();
    good.then(|| text.map(Box::from))
}

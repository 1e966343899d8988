//! `kind: Organization`.

use evenkeel_diagnostic::Spanned;
use evenkeel_model::Priority;
use evenkeel_model::document::{LastResortDocument, Organization};

use super::names::{entry_name, named};
use super::prose::{PROSE, prose};
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Least, Record, Rule, Sort};

pub(super) static KIND: Kind = Kind {
    name: "Organization",
    about: "Who you are: the last resort, and what comes first. At most one.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("lastResort", Sort::Record(&LAST_RESORT), "Who is told when nobody else can be."),
        Field::new(
            "priorities",
            Sort::List(&Sort::Record(&PRIORITY), Least::None),
            "What matters, first things first; workloads name them.",
        ),
    ],
    rules: &[],
};

static LAST_RESORT: Record = Record {
    what: "`lastResort`",
    fields: &[
        Field::new("receiver", Sort::Text(Form::Named("receiver")), "Told directly when nothing can be made durable."),
        Field::new(
            "policy",
            Sort::Text(Form::Named("escalation policy")),
            "Gone through again and again for every incident that nobody else answers.",
        ),
    ],
    rules: &[Rule::Some(&["receiver", "policy"])],
};

static PRIORITY: Record = Record {
    what: "a priority",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("a priority")), "What it is called.").required(),
        Field::new("description", PROSE, "What it means."),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn organization(spec: &mut Fields<'_>, cx: &mut Cx) -> Organization {
    let last_resort = spec.record("lastResort").map(|fields| last_resort(fields, cx));
    let priorities = spec.records("priorities").into_iter().filter_map(|fields| priority(fields, cx)).collect();
    Organization { last_resort, priorities }
}

fn last_resort(mut fields: Fields<'_>, cx: &mut Cx) -> LastResortDocument {
    let receiver = named(&mut fields, "receiver", cx);
    let policy = named(&mut fields, "policy", cx);
    LastResortDocument { span: fields.span, receiver, policy }
}

fn priority(mut fields: Fields<'_>, cx: &mut Cx) -> Option<Spanned<Priority>> {
    let name = entry_name(&mut fields, cx);
    let description = prose(&mut fields, "description", cx).unwrap_or_default();
    name.map(|name| name.map(|name| Priority { name, description }))
}

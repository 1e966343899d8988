//! `kind: Workload`.

use evenkeel_model::Impact;
use evenkeel_model::document::{ComponentDocument, DependencyDocument, EnvironmentDocument, WorkloadDocument};

use super::metadata::Metadata;
use super::names::{entry_name, named, shared};
use super::prose::{PROSE, prose};
use crate::fields::{Cx, Fields, Item};
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

/// Tiers go from 1 to this.
const TIER_MAX: u8 = 4;
/// Environments of these names are production unless they say otherwise.
const PRODUCTION: [&str; 2] = ["production", "prod"];

pub(super) static KIND: Kind = Kind { name: "Workload", about: "What is operated.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new(
            "tier",
            Sort::Whole(1, 4),
            "How much hangs on it; the severity of every incident is computed from it.",
        )
        .required()
        .hint("1 is what the organisation lives from, 4 what it can do without for days"),
        Field::new("impact", Sort::Record(&IMPACT), "Who and what suffers when it fails."),
        Field::new("components", Sort::List(&Sort::Record(&COMPONENT), Least::None), "What it is made of."),
        Field::new(
            "dependsOn",
            Sort::List(&Sort::Either(Form::Named("workload"), &DEPENDENCY), Least::None),
            "The workloads that it stands on.",
        ),
        Field::new(
            "environments",
            Sort::List(&Sort::Either(Form::Name("an environment"), &ENVIRONMENT), Least::None),
            "Where it runs.",
        ),
        Field::new("priority", Sort::Text(Form::Named("priority")), "One of the organisation's priorities."),
    ],
    rules: &[],
};

static IMPACT: Record = Record {
    what: "`impact`",
    fields: &[
        Field::new("who", PROSE, "Who is hit when it fails."),
        Field::new("what", PROSE, "What they cannot do."),
        Field::new("customers", Sort::Bool, "Whether customers notice.").default("false"),
    ],
    rules: &[],
};

static COMPONENT: Record = Record {
    what: "a component",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("a component")), "What it is called; unique in the workload.")
            .required(),
        Field::new("description", PROSE, "What it does."),
    ],
    rules: &[],
};

static DEPENDENCY: Record = Record {
    what: "a dependency",
    fields: &[
        Field::new("workload", Sort::Text(Form::Named("workload")), "What it stands on.").required(),
        Field::new("hard", Sort::Bool, "Whether it fails when the other does.").default("true"),
    ],
    rules: &[],
};

static ENVIRONMENT: Record = Record {
    what: "an environment",
    fields: &[
        Field::new("name", Sort::Text(Form::Name("an environment")), "What it is called; unique in the workload.")
            .required(),
        Field::new("production", Sort::Bool, "Whether it is production; without it, `production` and `prod` are."),
    ],
    rules: &[],
};

/// Reads `spec`. Nothing stands in for a tier that is not written.
pub(super) fn workload(spec: &mut Fields<'_>, head: &Metadata, cx: &mut Cx) -> WorkloadDocument {
    let tier = spec.number("tier").and_then(|tier| u8::try_from(tier).ok()).unwrap_or(TIER_MAX);
    WorkloadDocument {
        tier: Some(tier),
        impact: impact(spec, cx),
        components: spec.records("components").into_iter().filter_map(|fields| component(fields, cx)).collect(),
        depends_on: spec.items("dependsOn").into_iter().filter_map(|item| dependency(item, cx)).collect(),
        environments: spec.items("environments").into_iter().filter_map(|item| environment(item, cx)).collect(),
        priority: named(spec, "priority", cx),
        labels: head.labels.clone(),
        part_of: Vec::new(),
        owned_elsewhere: false,
    }
}

fn impact(spec: &mut Fields<'_>, cx: &mut Cx) -> Impact {
    let Some(mut fields) = spec.record("impact") else { return Impact::default() };
    let who = prose(&mut fields, "who", cx).unwrap_or_default();
    let what = prose(&mut fields, "what", cx).unwrap_or_default();
    let customers = fields.boolean("customers", cx).unwrap_or(false);
    Impact { who, what, customers }
}

fn component(mut fields: Fields<'_>, cx: &mut Cx) -> Option<ComponentDocument> {
    let name = entry_name(&mut fields, cx);
    let description = prose(&mut fields, "description", cx).unwrap_or_default();
    Some(ComponentDocument { name: name?, description })
}

/// A workload's name, which is hard, or a mapping.
fn dependency(item: Item<'_>, cx: &mut Cx) -> Option<DependencyDocument> {
    match item {
        Item::Text(name) => Some(DependencyDocument { workload: shared(name), hard: true }),
        Item::Texts(_) => None,
        Item::Fields(mut fields) => {
            let workload = named(&mut fields, "workload", cx);
            let hard = fields.boolean("hard", cx).unwrap_or(true);
            Some(DependencyDocument { workload: workload?, hard })
        }
    }
}

/// A name, or a mapping.
fn environment(item: Item<'_>, cx: &mut Cx) -> Option<EnvironmentDocument> {
    let (name, production) = match item {
        Item::Text(name) => (Some(shared(name)), None),
        Item::Texts(_) => (None, None),
        Item::Fields(mut fields) => (entry_name(&mut fields, cx), fields.boolean("production", cx)),
    };
    let name = name?;
    let production = production.unwrap_or_else(|| PRODUCTION.contains(&name.value.as_ref()));
    Some(EnvironmentDocument { name, production })
}

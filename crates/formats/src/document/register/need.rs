//! `kind: Need`.

use super::named;
use crate::document::prose::PROSE;
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

pub(super) static KIND: Kind = Kind {
    name: "Need",
    about: "What a customer needs, inside or outside, and which workloads serve it.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("customers", Sort::Text(Form::Word(&["external", "internal"])), "Where they are.").required(),
        Field::new("who", PROSE, "Who they are.").required(),
        Field::new("need", PROSE, "What they need.").required(),
        Field::new("workloads", Sort::OneOrMany(Form::Named("workload"), Least::One), "The workloads that serve it.")
            .required(),
        Field::new("team", named("team"), "The team that listens to them."),
        Field::new("goal", named("goal"), "The goal that it is a part of."),
        Field::new("kpi", Sort::Text(Form::Any), "What shows whether it is served."),
    ],
    rules: &[],
};

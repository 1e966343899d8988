//! `kind: Improvement`.

use super::{DAY, LEVEL, named};
use crate::shape::{Field, Form, Kind, Record, Sort};

pub(super) static KIND: Kind = Kind {
    name: "Improvement",
    about: "Something that is to become better, why, and how that is measured.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new(
            "driver",
            Sort::Text(Form::Word(&["customer", "compliance", "threat", "performance", "cost", "reliability"])),
            "Why it is wanted.",
        )
        .required(),
        Field::new(
            "practice",
            Sort::Text(Form::Any),
            "The practice that it serves, such as `oe.operate.escalation-paths`.",
        ),
        Field::new("measure", Sort::Text(Form::Any), "What is measured.").required(),
        Field::new("target", Sort::Text(Form::Any), "What is to be measured when it is done.").required(),
        Field::new("effort", Sort::Text(Form::Word(&["small", "medium", "large"])), "How much work it is."),
        Field::new("impact", LEVEL, "How much it would change."),
        Field::new("workload", named("workload"), "What becomes better."),
        Field::new("until", DAY, "The last day by which it is done.").required(),
    ],
    rules: &[],
};

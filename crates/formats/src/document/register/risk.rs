//! `kind: Risk`.

use super::{DAY, LEVEL, WORKLOADS, named};
use crate::document::prose::PROSE;
use crate::shape::{Field, Form, Kind, Record, Sort};

pub(super) static KIND: Kind =
    Kind { name: "Risk", about: "What may happen, how likely, how bad, and what is done about it.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("threat", PROSE, "What may happen.").required(),
        Field::new("likelihood", LEVEL, "How likely it is.").required(),
        Field::new("impact", LEVEL, "How bad it would be.").required(),
        Field::new(
            "treatment",
            Sort::Text(Form::Word(&["mitigate", "accept", "transfer", "avoid"])),
            "What is done about it.",
        )
        .required(),
        WORKLOADS,
        Field::new("decision", named("decision"), "The decision that says so."),
        Field::new("reviewBy", DAY, "The last day before it is looked at again.").required(),
    ],
    rules: &[],
};

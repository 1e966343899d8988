//! `kind: Training`.

use super::named;
use crate::document::prose::PROSE;
use crate::shape::{Field, Form, Kind, Record, Sort};

pub(super) static KIND: Kind = Kind { name: "Training", about: "How a skill is learned.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("skill", named("skill"), "What is learned.").required(),
        Field::new("course", PROSE, "How.").required(),
        Field::new("every", Sort::Text(Form::Period), "How often it is done again; without it, once."),
    ],
    rules: &[],
};

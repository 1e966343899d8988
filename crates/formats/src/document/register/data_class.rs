//! `kind: DataClass`.

use super::WORKLOADS;
use crate::document::prose::PROSE;
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

pub(super) static KIND: Kind = Kind {
    name: "DataClass",
    about: "Data that is treated alike: how secret it is, where it lies, how it is treated.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new(
            "classification",
            Sort::Text(Form::Word(&["public", "internal", "confidential", "restricted"])),
            "How secret it is.",
        )
        .required(),
        Field::new("stores", Sort::OneOrMany(Form::Any, Least::One), "Where it lies.").required(),
        WORKLOADS,
        Field::new("policy", PROSE, "How it is treated: kept how long, seen by whom, deleted how.").required(),
    ],
    rules: &[],
};

//! `kind: Obligation`.

use super::{DAY, PROSES, SOURCE, WORKLOADS, named};
use crate::shape::{Field, Form, Kind, Record, Sort};

pub(super) static KIND: Kind = Kind {
    name: "Obligation",
    about: "What governance or a law demands, where that is written, and what sees to it.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new(
            "kind",
            Sort::Text(Form::Word(&["governance", "compliance"])),
            "Whether it comes from inside or from outside.",
        )
        .required(),
        Field::new("source", SOURCE, "Where it is written: a path in the ops repo, or an address.").required(),
        Field::new("hash", Sort::Text(Form::Any), "The digest of what was read there, to see when it changes."),
        Field::new("version", Sort::Text(Form::Any), "The version that was read."),
        WORKLOADS,
        Field::new("checks", PROSES, "What sees to it that it is kept: codes, tests, procedures."),
        Field::new("decision", named("decision"), "The decision that says how it is kept."),
        Field::new("reviewBy", DAY, "The last day before it is read again."),
    ],
    rules: &[],
};

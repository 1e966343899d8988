//! `kind: Standard`.

use super::{SOURCE, named, names};
use crate::shape::{Field, Form, Kind, Record, Sort};

pub(super) static KIND: Kind =
    Kind { name: "Standard", about: "How something is done here, and where to ask for a change.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("source", SOURCE, "Where it is written: a path in the ops repo, or an address.").required(),
        Field::new("version", Sort::Text(Form::Any), "The version that holds.").required(),
        Field::new("workloads", names("workload"), "The workloads that it holds for; without them, all."),
        Field::new("requests", named("team"), "The team that changes and exceptions are asked of.").required(),
    ],
    rules: &[],
};

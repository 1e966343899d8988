//! `kind: Skill`.

use super::names;
use crate::shape::{Field, Kind, Record, Sort};

pub(super) static KIND: Kind =
    Kind { name: "Skill", about: "What people have to be able to do, for what, and who is.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("workloads", names("workload"), "The workloads that need it."),
        Field::new("procedures", names("procedure"), "The runbooks and playbooks that need it."),
        Field::new("people", names("person"), "Who has it."),
        Field::new("minimum", Sort::Whole(1, 100), "So many people have to have it.").default("2"),
    ],
    rules: &[],
};

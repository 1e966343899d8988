//! `kind: Goal`.

use super::{DAY, PROSES, named, names};
use crate::document::prose::PROSE;
use crate::shape::{Field, Kind, Record};

pub(super) static KIND: Kind =
    Kind { name: "Goal", about: "What the organisation wants to come about, and who stands for it.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("sponsor", named("person"), "Who stands for it.").required(),
        Field::new("outcome", PROSE, "What is to come about.").required(),
        Field::new("workloads", names("workload"), "The workloads that serve it."),
        Field::new("kpis", PROSES, "What shows whether it comes about."),
        Field::new("review", named("cadence"), "When it is looked at again."),
        Field::new("until", DAY, "The last day of the time that it is meant for."),
    ],
    rules: &[],
};

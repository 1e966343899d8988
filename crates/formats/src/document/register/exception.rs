//! `kind: Exception`.

use super::{DAY, named};
use crate::document::prose::PROSE;
use crate::shape::{Field, Kind, Record, Rule};

pub(super) static KIND: Kind = Kind {
    name: "Exception",
    about: "Leave to do otherwise than a standard or an obligation says, for a while.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("standard", named("standard"), "The standard that does not hold."),
        Field::new("obligation", named("obligation"), "The obligation that does not hold."),
        Field::new("workload", named("workload"), "Where it does not hold; without it, everywhere."),
        Field::new("reason", PROSE, "Why.").required(),
        Field::new("approver", named("person"), "Who allows it.").required(),
        Field::new("expires", DAY, "The last day on which it holds.").required(),
    ],
    rules: &[Rule::One(&["standard", "obligation"], "an exception needs what does not hold")],
};

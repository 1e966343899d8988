//! `kind: Request`.

use super::{DAY, named};
use crate::document::prose::PROSE;
use crate::shape::{Field, Kind, Record};

pub(super) static KIND: Kind =
    Kind { name: "Request", about: "What one team wants of another, and until when it needs an answer.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("to", named("team"), "The team that is asked.").required(),
        Field::new("by", named("team"), "The team that asks."),
        Field::new("wants", PROSE, "What is wanted.").required(),
        Field::new("dueBy", DAY, "The last day for an answer.").required(),
    ],
    rules: &[],
};

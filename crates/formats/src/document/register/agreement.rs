//! `kind: Agreement`.

use super::{DAY, WORKLOADS, named};
use crate::shape::{Field, Form, Kind, Record, Sort};

pub(super) static KIND: Kind =
    Kind { name: "Agreement", about: "What one team may expect of another, and where it asks.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("provider", named("team"), "The team that answers.").required(),
        Field::new("consumer", named("team"), "The team that asks.").required(),
        Field::new("response", Sort::Text(Form::Period), "How long an answer may take.").required(),
        Field::new(
            "hours",
            Sort::Text(Form::Any),
            "When it holds, such as `Mon-Fri 09:00-17:00 Europe/Berlin`; without it, always.",
        ),
        Field::new("channel", Sort::Text(Form::Any), "Where the team is asked.").required(),
        WORKLOADS,
        Field::new("reviewBy", DAY, "The last day before both look at it again."),
    ],
    rules: &[],
};

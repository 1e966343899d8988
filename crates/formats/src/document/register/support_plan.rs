//! `kind: SupportPlan`.

use super::{DAY, names};
use crate::shape::{Field, Form, Kind, Record, Sort};

pub(super) static KIND: Kind =
    Kind { name: "SupportPlan", about: "Whom to ask for help outside, and until when that is paid.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("provider", Sort::Text(Form::Any), "Who helps.").required(),
        Field::new("workloads", names("workload"), "The workloads that it is for."),
        Field::new("level", Sort::Text(Form::Any), "What was bought."),
        Field::new("contact", Sort::Text(Form::Any), "How they are reached.").required(),
        Field::new("expires", DAY, "The last day on which it holds.").required(),
    ],
    rules: &[],
};

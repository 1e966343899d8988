//! `kind: Decision`.

use super::{DAY, WORKLOADS, named, names};
use crate::document::prose::PROSE;
use crate::shape::{Field, Form, Kind, Least, Record, Rule, Sort};

pub(super) static KIND: Kind = Kind {
    name: "Decision",
    about: "What was decided, between which options, and what is expected of it.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("question", PROSE, "What had to be decided.").required(),
        Field::new("options", Sort::OneOrMany(Form::Prose(1024), Least::One), "What there was to choose from.")
            .required(),
        Field::new("chosen", Sort::Text(Form::Any), "Which of them it is.").required(),
        Field::new("expected", PROSE, "What is expected to follow.").required(),
        Field::new("measure", Sort::Text(Form::Any), "What shows whether it did."),
        Field::new("revisit", DAY, "The last day before it is looked at again.").required(),
        Field::new("decider", named("person"), "Who decided.").required(),
        Field::new("teams", names("team"), "The teams that it binds."),
        Field::new("risks", names("risk"), "The risks that it is about."),
        WORKLOADS,
        Field::new("dissent", PROSE, "What somebody held against it."),
        Field::new("dissentAnswer", PROSE, "What was said to that."),
    ],
    rules: &[Rule::Needs("dissentAnswer", "dissent")],
};

//! `kind: Lesson`.

use super::names;
use crate::document::prose::PROSE;
use crate::shape::{Field, Form, Kind, Record, Sort};

pub(super) static KIND: Kind = Kind { name: "Lesson", about: "What was learned, and whom it concerns.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("incident", Sort::Text(Form::Any), "The incident that taught it, such as `incident:17`."),
        Field::new("learned", PROSE, "What was learned.").required(),
        Field::new("workloads", names("workload"), "The workloads that it applies to."),
        Field::new("teams", names("team"), "The teams that it applies to."),
    ],
    rules: &[],
};

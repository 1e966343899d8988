//! `kind: Cadence`.

use super::{WORKLOADS, names};
use crate::shape::{Field, Form, Kind, Record, Sort};

/// What is done again and again.
const OF: [&str; 20] = [
    "operations",
    "readiness",
    "goals",
    "needs",
    "obligations",
    "risks",
    "kpi",
    "knowledge",
    "drivers",
    "staffing",
    "agreements",
    "standards",
    "retrospective",
    "pre-mortem",
    "metrics",
    "grants",
    "checklist",
    "game-day",
    "training",
    "trend-report",
];

pub(super) static KIND: Kind =
    Kind { name: "Cadence", about: "Something that is done again and again, how often, and by whom.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("of", Sort::Text(Form::Word(&OF)), "What is done.").required(),
        Field::new("every", Sort::Text(Form::Period), "How often.").required(),
        Field::new("teams", names("team"), "The teams that do it."),
        Field::new("people", names("person"), "The people who do it."),
        WORKLOADS,
    ],
    rules: &[],
};

//! `kind: EscalationPolicy`.

use evenkeel_model::document::{PolicyDocument, StepDocument};
use evenkeel_time::Duration;

use super::names::references;
use super::prose::{PROSE, prose_list};
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

const WAIT: Duration = Duration::minutes(5);
const ACKNOWLEDGE_FOR: Duration = Duration::hours(1);
/// Going round more often is what the last resort does.
const REPEAT_MAX: u64 = 100;

pub(super) static KIND: Kind = Kind {
    name: "EscalationPolicy",
    about: "Whom an incident pages, and whom next when nobody acknowledges.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("steps", Sort::List(&Sort::Record(&STEP), Least::One), "Whom it pages, one step after the other.")
            .required(),
        Field::new("repeat", Sort::Whole(0, REPEAT_MAX), "So often the steps are gone through again.").default("0"),
        Field::new("acknowledgeFor", Sort::Text(Form::Patience), "How long an acknowledgement holds.").default("1h"),
        Field::new(
            "withoutAsking",
            Sort::List(&PROSE, Least::None),
            "What responders may do without asking; they read it on the page.",
        ),
    ],
    rules: &[],
};

static STEP: Record = Record {
    what: "a step",
    fields: &[
        Field::new(
            "to",
            Sort::OneOrMany(Form::Reference(&["person", "schedule", "team", "receiver"]), Least::One),
            "Whom it pages: people, whoever is on call, every member of a team, receivers.",
        )
        .required(),
        Field::new("wait", Sort::Text(Form::Patience), "How long an acknowledgement is waited for.").default("5m"),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn policy(spec: &mut Fields<'_>, cx: &mut Cx) -> PolicyDocument {
    let steps = spec.records("steps").into_iter().map(|fields| step(fields, cx)).collect();
    let repeat = spec.number("repeat").and_then(|repeat| u32::try_from(repeat).ok()).unwrap_or(0);
    let acknowledge_for = patience(spec, "acknowledgeFor", ACKNOWLEDGE_FOR, cx);
    let without_asking = prose_list(spec, "withoutAsking", cx);
    PolicyDocument { steps, repeat, acknowledge_for, without_asking }
}

fn step(mut fields: Fields<'_>, cx: &mut Cx) -> StepDocument {
    let to = references(&mut fields, "to");
    let wait = patience(&mut fields, "wait", WAIT, cx);
    StepDocument { to, wait }
}

fn patience(fields: &mut Fields<'_>, name: &'static str, unless_written: Duration, cx: &mut Cx) -> Duration {
    fields.duration(name, cx).map_or(unless_written, |duration| duration.value)
}

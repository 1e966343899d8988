//! `kind: Allowance`.

use evenkeel_diagnostic::Spanned;
use evenkeel_model::document::{AllowanceDocument, Text};

use super::prose::PROSE;
use crate::fields::{Cx, Fields};
use crate::shape::form::moment::end_of;
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

pub(super) static KIND: Kind =
    Kind { name: "Allowance", about: "A finding that is known and accepted for a while.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("code", Sort::Text(Form::Any), "The finding's code, such as `no-procedure`.").required(),
        Field::new(
            "in",
            Sort::OneOrMany(Form::Any, Least::None),
            "Paths and patterns such as `legacy/**`; without it, everywhere.",
        ),
        Field::new(
            "names",
            Sort::OneOrMany(Form::Any, Least::None),
            "What stands in back-ticks in the finding's headline; without it, anything.",
        ),
        Field::new("reason", PROSE, "Why it is accepted.").required(),
        Field::new(
            "until",
            Sort::Text(Form::DayOrInstant),
            "The last day on which it is, to its end in UTC, or the instant at which it ends.",
        )
        .required(),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn allowance(spec: &mut Fields<'_>, cx: &mut Cx) -> Option<AllowanceDocument> {
    let code = text(spec, "code", cx);
    let paths = texts(spec, "in");
    let names = texts(spec, "names");
    let reason = text(spec, "reason", cx);
    let until = spec.text("until", cx);
    let until = until.and_then(|text| Some(Spanned::new(end_of(text.value)?, text.span)));
    Some(AllowanceDocument { code: code?, paths, names, reason: reason?, until: until? })
}

fn text(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Text> {
    fields.text(name, cx).map(|text| text.map(Box::from))
}

fn texts(fields: &mut Fields<'_>, name: &'static str) -> Vec<Text> {
    fields.one_or_many(name).into_iter().map(|text| text.map(Box::from)).collect()
}

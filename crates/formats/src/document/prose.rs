//! Texts for people, each with a bound, and severities.

use evenkeel_severity::Severity;

use crate::fields::{Cx, Fields};
use crate::shape::{Form, Least, Sort};

/// A text that fits into a mail, a push notice and a glance: at most a kilobyte.
pub(super) const PROSE: Sort = Sort::Text(Form::Prose(1024));
/// A severity.
pub(super) const SEVERITY: Sort = Sort::Text(Form::Word(&[
    Severity::Sev1.as_str(),
    Severity::Sev2.as_str(),
    Severity::Sev3.as_str(),
    Severity::Sev4.as_str(),
    Severity::Sev5.as_str(),
]));
/// A list of severities.
pub(super) const SEVERITY_LIST: Sort = Sort::List(&SEVERITY, Least::None);

/// Reads a text for people.
pub(super) fn prose(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Option<Box<str>> {
    fields.text(name, cx).map(|text| text.value.into())
}

/// Reads a list of such texts.
pub(super) fn prose_list(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<Box<str>> {
    fields.texts(name, cx).iter().filter(|text| !text.value.is_empty()).map(|text| text.value.into()).collect()
}

/// Reads a severity.
pub(super) fn severity(fields: &mut Fields<'_>, name: &'static str) -> Option<Severity> {
    fields.word(name, &Severity::ALL.map(|severity| (severity.as_str(), severity)))
}

/// Reads a list of severities.
pub(super) fn severities(fields: &mut Fields<'_>, name: &'static str, cx: &mut Cx) -> Vec<Severity> {
    fields.texts(name, cx).into_iter().filter_map(|text| text.value.parse().ok()).collect()
}

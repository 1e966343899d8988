//! Change calendars in iCalendar.

use evenkeel_diagnostic::SourceId;
use evenkeel_model::document::Documents;

use crate::fields::Cx;

/// Reads one calendar file.
pub(crate) fn calendar(_source: SourceId, _path: &str, _text: &str, _out: &mut Documents, _cx: &mut Cx) {}

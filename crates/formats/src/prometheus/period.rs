//! Durations in rule files.

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::codes;
use evenkeel_model::document::Language;
use evenkeel_time::Duration;

use crate::fields::{Cx, Fields};

/// Reads a duration, zero too. What the writer of a template will fill in is no error, and what `vmalert` may take
/// neither: that is as if it were not there.
pub(super) fn period(fields: &mut Fields<'_>, name: &'static str, language: Language, cx: &mut Cx) -> Option<Duration> {
    let text = fields.any_text(name, cx)?;
    if let Ok(duration) = text.value.parse() {
        return Some(duration);
    }
    let headline = format!("`{name}` is not a duration");
    let help = "write numbers with units from large to small, such as `30s`, `5m` or `1h30m`";
    if is_filled_in(text.value) {
        let help = "rules are read as they are: check the files that the template is filled into";
        cx.push(Diagnostic::finding(codes::INVALID_DURATION, text.span, headline).help(help));
    } else if language != Language::MetricsQl {
        cx.push(Diagnostic::error(codes::INVALID_DURATION, text.span, headline).help(help));
    }
    None
}

/// Whether a text has a place where another tool puts something.
fn is_filled_in(text: &str) -> bool {
    ["{{", "${", "$(", "<%", "%("].iter().any(|mark| text.contains(mark))
}

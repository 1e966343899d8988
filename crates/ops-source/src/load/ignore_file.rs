//! What is wrong with `.evenkeelignore`.

use evenkeel_diagnostic::{Diagnostic, SourceId, Span};
use evenkeel_model::{codes, quoted};

use crate::ignored::{BadPattern, Ignored};

/// Lines that are no patterns, each at its place.
pub(crate) fn diagnostics(source: SourceId, text: &str) -> Vec<Diagnostic> {
    let (_, bad) = Ignored::read(text);
    bad.iter().map(|line| diagnostic(source, line)).collect()
}

fn diagnostic(source: SourceId, bad: &BadPattern) -> Diagnostic {
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let span = Span { source, start: at(bad.start), end: at(bad.start + bad.line.len()) };
    let headline = format!("{} is no pattern, so it keeps nothing from being read", quoted(&bad.line));
    let help = "patterns are those of `.gitignore`; a bracket that stands for itself is written `\\[`";
    Diagnostic::finding(codes::BAD_IGNORE_PATTERN, span, headline).help(help)
}

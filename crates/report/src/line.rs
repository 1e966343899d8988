//! A diagnostic in one line.

use evenkeel_diagnostic::{Diagnostic, Sources};

/// `file:line:column: code: headline`.
#[must_use]
pub fn one_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let span = diagnostic.primary.span;
    let place = sources.get(span.source).map_or_else(String::new, |source| {
        let at = source.position(span.start);
        format!("{}:{}:{}", source.path, at.line, at.column)
    });
    format!("{place}: {}: {}", diagnostic.code, diagnostic.headline)
}

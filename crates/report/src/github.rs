//! Workflow commands by which GitHub shows diagnostics beside the lines of a change.
//!
//! Source: GitHub Actions, "Workflow commands", and `@actions/core` for what is escaped. GitHub shows the first ten
//! errors and the first ten warnings of a step, so errors come first.

use std::fmt::Write;

use evenkeel_diagnostic::{Diagnostic, Severity};

use crate::Report;

impl Report<'_> {
    /// A line for each diagnostic, errors first.
    #[must_use]
    pub fn github(&self) -> String {
        let mut sorted: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| (diagnostic.severity, diagnostic.primary.span));
        let mut out = String::new();
        for diagnostic in sorted {
            let (command, place) = (command(diagnostic.severity), self.properties(diagnostic));
            let _ = writeln!(out, "::{command} {place}::{}", data(&message(diagnostic)));
        }
        out
    }

    fn properties(&self, diagnostic: &Diagnostic) -> String {
        let mut properties = String::new();
        let span = diagnostic.primary.span;
        if let Some(source) = self.sources.get(span.source) {
            let (start, end) = (source.position(span.start), source.position(span.end));
            let file = property(&format!("{}{}", self.root, source.path));
            let _ = write!(properties, "file={file},line={},endLine={},", start.line, end.line);
            // Columns over several lines are refused.
            if start.line == end.line {
                let _ = write!(properties, "col={},endColumn={},", start.column, end.column);
            }
        }
        let _ = write!(properties, "title={}", property(diagnostic.code));
        properties
    }
}

const fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Finding => "warning",
    }
}

/// All that is said, a line each.
fn message(diagnostic: &Diagnostic) -> String {
    let mut message = diagnostic.headline.clone();
    if !diagnostic.primary.message.is_empty() {
        let _ = write!(message, "\n{}", diagnostic.primary.message);
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    message
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

//! Diagnostics on a terminal.

mod columns;
mod excerpt;
mod frame;
mod many;
mod paint;

use std::fmt::Write;

use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_time::Duration;

use crate::Report;
use crate::tally::{Tally, counted};

/// How a report is shown on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// Everything, also what is said over and over.
    pub all: bool,
    /// Somebody looks at it now: say where to read more.
    pub person: bool,
    /// How long the check took, if that is worth a word.
    pub took: Option<Duration>,
}

/// Frames as a good compiler draws them, errors first, with a count at the end.
#[must_use]
pub fn text(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let mut out = String::new();
    for diagnostic in many::Shown::of(diagnostics, true).diagnostics {
        frame::draw(&mut out, diagnostic, sources, color);
    }
    let Tally { errors, findings } = Tally::of(diagnostics);
    let _ = writeln!(out, "{}, {}", counted(errors, "error"), counted(findings, "finding"));
    out
}

/// The frames alone, a blank line between each two, in the order given and without colour.
#[must_use]
pub fn frames(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        frame::draw(&mut out, diagnostic, sources, false);
    }
    out.pop();
    out
}

impl Report<'_> {
    /// Frames, what is left out, and a last line with counts.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        let mut out = String::new();
        let shown = many::Shown::of(self.diagnostics, style.all);
        for diagnostic in &shown.diagnostics {
            frame::draw(&mut out, diagnostic, self.sources, style.color);
        }
        shown.rest(&mut out);
        self.last_line(&mut out, style);
        if style.person && !self.diagnostics.is_empty() {
            out.push_str("more about a code: evenkeel explain CODE\n");
        }
        out
    }

    fn last_line(&self, out: &mut String, style: Style) {
        let Tally { errors, findings } = Tally::of(self.diagnostics);
        let _ = write!(out, "{}, {}", counted(errors, "error"), counted(findings, "finding"));
        if !self.allowed.is_empty() {
            let _ = write!(out, ", {} allowed", self.allowed.len());
        }
        if let Some(took) = style.took {
            let _ = write!(out, " in {took}");
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests;

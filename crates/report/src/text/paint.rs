//! Colours of a terminal, or none.

use evenkeel_diagnostic::Severity;

/// The colours of one frame; each is empty where there is no colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    /// How bad it is: the word, and the marks at the place.
    pub(super) tone: &'static str,
    /// The headline.
    pub(super) bold: &'static str,
    /// The rim, line numbers, and marks at other places.
    pub(super) rim: &'static str,
    /// Back to normal.
    pub(super) off: &'static str,
}

impl Paint {
    const NONE: Self = Self { tone: "", bold: "", rim: "", off: "" };
    const COLORED: Self = Self { tone: "\x1b[1;33m", bold: "\x1b[1m", rim: "\x1b[1;34m", off: "\x1b[0m" };

    pub(super) const fn of(severity: Severity, color: bool) -> Self {
        match (color, severity) {
            (false, _) => Self::NONE,
            (true, Severity::Error) => Self { tone: "\x1b[1;31m", ..Self::COLORED },
            (true, Severity::Finding) => Self::COLORED,
        }
    }

    /// The colour of marks at the place itself, or at another one.
    pub(super) const fn mark(&self, primary: bool) -> &'static str {
        if primary { self.tone } else { self.rim }
    }
}

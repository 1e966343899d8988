//! How bad something is, to be seen without colour: a shape, a word, and a class for the colour.

use evenkeel_severity::Severity;

/// How bad something is, as a page marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The class that colours it.
    pub(crate) class: &'static str,
    /// What it is called.
    pub(crate) word: &'static str,
    /// The path of its shape, in a box of 16 by 16.
    pub(crate) shape: &'static str,
}

const OCTAGON: &str = "M5 1h6l4 4v6l-4 4H5l-4-4V5z";
const TRIANGLE: &str = "M8 1l7 14H1z";
const DIAMOND: &str = "M8 1l7 7-7 7-7-7z";
const SQUARE: &str = "M2 2h12v12H2z";
const DISC: &str = "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z";

impl Mark {
    /// That of a severity.
    pub(crate) fn of(severity: Severity) -> Self {
        let (class, shape) = match severity {
            Severity::Sev1 => ("sev1", OCTAGON),
            Severity::Sev2 => ("sev2", TRIANGLE),
            Severity::Sev3 => ("sev3", DIAMOND),
            Severity::Sev4 => ("sev4", SQUARE),
            Severity::Sev5 => ("sev5", DISC),
        };
        Self { class, word: severity.as_str(), shape }
    }

    /// Something that is well.
    pub(crate) const WELL: Self = Self { class: "well", word: "well", shape: DISC };
}

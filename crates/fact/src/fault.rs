//! What is wrong with what is told, and what to do about it.

use std::fmt;

use serde::Serialize;

/// One thing that is wrong with a fact. All of them are told at once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FactFault {
    /// Where: the name of a field, or of a part of the envelope.
    pub field: Box<str>,
    /// Names the fault to programs: `missing-field`.
    pub code: &'static str,
    /// What is wrong.
    pub message: Box<str>,
    /// What to do about it.
    pub remedy: Box<str>,
}

impl FactFault {
    pub(crate) fn new(
        field: &str,
        code: &'static str,
        message: impl Into<Box<str>>,
        remedy: impl Into<Box<str>>,
    ) -> Self {
        Self { field: field.into(), code, message: message.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for FactFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.remedy)
    }
}

impl std::error::Error for FactFault {}

/// What was written, in back-ticks, on one line, and not for ever.
pub(crate) fn quoted(text: &str) -> String {
    const CHARS_MAX: usize = 60;
    let mut shown: String = text.chars().take(CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// Names one behind the other: `a`, `b`.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

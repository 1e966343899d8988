//! What a command has to say.

use std::fmt::Write as _;

use serde_json::Value;

use crate::exit::Exit;

/// Text for people, and how the command ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The result.
    pub out: String,
    /// A word beside the result, which is no part of it.
    pub err: String,
    /// How the command ends.
    pub exit: Exit,
}

impl Shown {
    pub(crate) fn good(out: impl Into<String>) -> Self {
        Self { out: out.into(), err: String::new(), exit: Exit::Good }
    }

    pub(crate) fn beside(self, err: impl Into<String>) -> Self {
        Self { err: err.into(), ..self }
    }
}

/// A value for programs, over several lines. What could steer a terminal is escaped. No answer is an empty object.
#[must_use]
pub fn json(value: &Value) -> String {
    if value.is_null() {
        return "{}\n".to_owned();
    }
    unsteering(&format!("{value:#}\n"))
}

/// JSON in which what could steer a terminal is escaped.
pub(crate) fn unsteering(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let steers = (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let _ = if steers { write!(out, "\\u{:04x}", u32::from(c)) } else { write!(out, "{c}") };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_stays_the_same_value_and_steers_no_terminal() {
        let value = serde_json::json!({ "a": "x\u{1b}\u{9b}\u{202e}\n\t" });
        let text = json(&value);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\t']), "{text:?}");
    }
}

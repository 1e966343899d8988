//! A payload, looked at by paths. Forges add to theirs all the time, so nothing but what is asked for is looked at.

use serde_json::Value;

/// A part of a payload.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Payload<'a>(pub(crate) &'a Value);

impl<'a> Payload<'a> {
    /// The part at a path such as `/pull_request/base`; what is not there is null.
    pub(crate) fn at(self, path: &str) -> Self {
        const NOTHING: &Value = &Value::Null;
        Self(self.0.pointer(path).unwrap_or(NOTHING))
    }

    /// A text that is not empty.
    pub(crate) fn text(self, path: &str) -> Option<&'a str> {
        self.at(path).0.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// A whole number, not below zero.
    pub(crate) fn whole(self, path: &str) -> Option<i64> {
        self.at(path).0.as_i64().filter(|number| *number >= 0)
    }

    /// Yes or no.
    pub(crate) fn flag(self, path: &str) -> Option<bool> {
        self.at(path).0.as_bool()
    }

    /// The parts of a list; of none if it is no list.
    pub(crate) fn list(self, path: &str) -> impl Iterator<Item = Self> {
        self.at(path).0.as_array().into_iter().flatten().map(Payload)
    }
}

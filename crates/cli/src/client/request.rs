//! A request to the server, as a value.

use std::fmt::Write as _;

use serde_json::Value;

/// How something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// To be shown something.
    Get,
    /// To have something done.
    Post,
    /// To have something ended.
    Delete,
}

impl Method {
    /// As HTTP spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// What is asked of the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Path and query, encoded.
    pub path: String,
    /// A body, if any.
    pub body: Option<Value>,
    /// Whether a server on the same machine takes it from anybody.
    pub anonymous: bool,
}

impl Request {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self { method: Method::Get, path: path.into(), body: None, anonymous: false }
    }

    pub(crate) fn post(path: impl Into<String>, body: Value) -> Self {
        Self { method: Method::Post, body: Some(body), ..Self::get(path) }
    }

    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::Delete, ..Self::get(path) }
    }

    /// With one more parameter.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let mark = if self.path.contains('?') { '&' } else { '?' };
        let _ = write!(self.path, "{mark}{name}={}", encoded(value));
        self
    }

    /// With one more parameter, if there is a value.
    pub(crate) fn with_some(self, name: &str, value: Option<impl std::fmt::Display>) -> Self {
        match value {
            Some(value) => self.with(name, &value.to_string()),
            None => self,
        }
    }
}

/// An object of those fields that have a value.
pub(crate) fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let there = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(there.collect())
}

/// Percent-encoded, everything but what is never in the way.
///
/// Source: RFC 3986, section 2.3.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_encoded_whatever_they_hold() {
        let request =
            Request::get("/a").with("filter", r#"x="ü&?#/ +""#).with_some("n", Some(1)).with_some("m", None::<u8>);
        assert_eq!(request.path, "/a?filter=x%3D%22%C3%BC%26%3F%23%2F%20%2B%22&n=1");
    }
}

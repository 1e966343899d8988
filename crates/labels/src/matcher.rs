//! Matchers: a label name, an operator and a value or pattern.

use std::fmt;

use regex::Regex;

use crate::LabelSet;

/// How a matcher compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum MatchOp {
    /// `=`
    #[serde(rename = "=")]
    Equal,
    /// `!=`
    #[serde(rename = "!=")]
    NotEqual,
    /// `=~`, the whole value has to fit the pattern.
    #[serde(rename = "=~")]
    Regex,
    /// `!~`
    #[serde(rename = "!~")]
    NotRegex,
}

impl MatchOp {
    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Regex => "=~",
            Self::NotRegex => "!~",
        }
    }

    /// Whether the value is a pattern.
    #[must_use]
    pub const fn takes_regex(self) -> bool {
        matches!(self, Self::Regex | Self::NotRegex)
    }

    /// Whether a match is wanted rather than a mismatch.
    #[must_use]
    pub const fn wants_match(self) -> bool {
        matches!(self, Self::Equal | Self::Regex)
    }
}

/// One condition on one label. An absent label has the empty value.
#[derive(Clone)]
pub struct Matcher {
    name: Box<str>,
    op: MatchOp,
    value: Box<str>,
    regex: Option<Regex>,
}

/// The pattern is no regular expression, or one too large.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegexError(pub String);

impl fmt::Display for RegexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a regular expression: {}", self.0)
    }
}

impl std::error::Error for RegexError {}

/// Compiled patterns above this many bytes are refused, so that no alert or silence can take the memory.
const REGEX_SIZE_BYTES_MAX: usize = 1 << 20;

impl Matcher {
    /// Compiles a matcher.
    ///
    /// # Errors
    /// [`RegexError`] when the operator takes a pattern and the value is none.
    pub fn new(name: impl Into<Box<str>>, op: MatchOp, value: impl Into<Box<str>>) -> Result<Self, RegexError> {
        let (name, value) = (name.into(), value.into());
        let regex = if op.takes_regex() { Some(anchored(&value)?) } else { None };
        Ok(Self { name, op, value, regex })
    }

    /// The label's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The operator.
    #[must_use]
    pub const fn op(&self) -> MatchOp {
        self.op
    }

    /// The value or pattern as written.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether the label's value fits.
    #[must_use]
    pub fn matches_value(&self, value: &str) -> bool {
        let fits = match &self.regex {
            Some(regex) => regex.is_match(value),
            None => self.value.as_ref() == value,
        };
        fits == self.op.wants_match()
    }

    /// Whether the label set fits.
    #[must_use]
    pub fn matches(&self, labels: &LabelSet) -> bool {
        self.matches_value(labels.get(&self.name))
    }
}

/// As Prometheus and Alertmanager do: the whole value has to fit, and `.` takes a line break too.
fn anchored(pattern: &str) -> Result<Regex, RegexError> {
    // Checked alone first, or `a)|(b` would close our own group.
    let bounded = |text: &str| regex::RegexBuilder::new(text).size_limit(REGEX_SIZE_BYTES_MAX).build();
    bounded(pattern)
        .and_then(|_| bounded(&format!("^(?s:{pattern})$")))
        .map_err(|error| RegexError(error.to_string().lines().last().unwrap_or("").trim().to_owned()))
}

impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:?}", self.name, self.op.as_str(), self.value)
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Matcher {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.op == other.op && self.value == other.value
    }
}

impl Eq for Matcher {}

#[derive(serde::Serialize, serde::Deserialize)]
struct Written {
    name: Box<str>,
    op: MatchOp,
    value: Box<str>,
}

impl serde::Serialize for Matcher {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { name: self.name.clone(), op: self.op, value: self.value.clone() }.serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Matcher {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { name, op, value } = Written::deserialize(deserializer)?;
        Self::new(name, op, value).map_err(serde::de::Error::custom)
    }
}

/// Conditions that all have to hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Matchers(pub Vec<Matcher>);

impl Matchers {
    /// Whether every condition holds; none at all holds for everything.
    #[must_use]
    pub fn matches(&self, labels: &LabelSet) -> bool {
        self.0.iter().all(|matcher| matcher.matches(labels))
    }
}

impl fmt::Display for Matchers {
    /// `{a="x",b=~"y"}`, as in Alertmanager's group keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (index, matcher) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{matcher}")?;
        }
        f.write_str("}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(op: MatchOp, pattern: &str, value: &str) -> bool {
        Matcher::new("l", op, pattern).expect("a matcher").matches(&LabelSet::new([("l", value)]))
    }

    #[test]
    fn patterns_have_to_fit_the_whole_value() {
        assert!(check(MatchOp::Regex, "a|b", "b"));
        assert!(!check(MatchOp::Regex, "a|b", "ab"));
        assert!(check(MatchOp::Regex, "a.b", "a\nb"));
        assert!(check(MatchOp::NotRegex, "a.*", "ba"));
    }

    #[test]
    fn an_absent_label_is_empty() {
        assert!(check(MatchOp::Equal, "", ""));
        assert!(check(MatchOp::NotEqual, "x", ""));
        assert!(check(MatchOp::Regex, ".*", ""));
        assert!(!check(MatchOp::Regex, ".+", ""));
    }

    #[test]
    fn a_pattern_that_is_none_is_refused() {
        for pattern in ["(", "a)|(b", "[z-a]", "(?:x{1000}){1000}"] {
            assert!(Matcher::new("l", MatchOp::Regex, pattern).is_err(), "{pattern}");
        }
    }
}

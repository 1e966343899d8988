//! A silence in a request body.

use evenkeel_engine::IncomingSilence;
use evenkeel_ids::SilenceId;
use evenkeel_labels::{MatchOp, Matcher, Matchers};
use serde::Deserialize;

use super::when::When;

/// More matchers in one silence are refused.
const MATCHERS_MAX: usize = 100;

/// Alertmanager's `postableSilence`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a silence: an object with `matchers`, `startsAt` and `endsAt`")]
pub(crate) struct PostedSilence {
    #[serde(default)]
    pub(crate) id: Option<String>,
    #[serde(default)]
    matchers: Option<Vec<PostedMatcher>>,
    #[serde(default)]
    starts_at: Option<When>,
    #[serde(default)]
    ends_at: Option<When>,
    #[serde(default)]
    created_by: Option<Box<str>>,
    #[serde(default)]
    comment: Option<Box<str>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a matcher: an object with `name`, `value` and `isRegex`")]
struct PostedMatcher {
    #[serde(default)]
    name: Option<Box<str>>,
    #[serde(default)]
    value: Option<Box<str>>,
    #[serde(default)]
    is_regex: Option<bool>,
    /// Younger than the others, so it may be missing: true then.
    #[serde(default)]
    is_equal: Option<bool>,
}

/// Why a body that can be read is still no silence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A field that has to be there is not.
    Missing(String),
    /// It cannot mean anything.
    Meaningless(String),
}

impl PostedSilence {
    /// The silence, to change the one of that id or to be a new one.
    pub(crate) fn check(self, id: Option<SilenceId>) -> Result<IncomingSilence, Fault> {
        let missing = |name: &str| Fault::Missing(format!("{name} in body is required"));
        let comment = self.comment.ok_or_else(|| missing("comment"))?;
        let created_by = self.created_by.ok_or_else(|| missing("createdBy"))?;
        let ends_at = self.ends_at.ok_or_else(|| missing("endsAt"))?;
        let posted = self.matchers.ok_or_else(|| missing("matchers"))?;
        let starts_at = self.starts_at.ok_or_else(|| missing("startsAt"))?;
        if posted.len() > MATCHERS_MAX {
            return Err(Fault::Meaningless(format!("{} matchers, {MATCHERS_MAX} are allowed", posted.len())));
        }
        let matchers: Result<_, _> = posted.into_iter().enumerate().map(|(index, one)| one.check(index)).collect();
        let matchers = Matchers(matchers?);
        Ok(IncomingSilence { id, matchers, starts_at: starts_at.0, ends_at: ends_at.0, created_by, comment })
    }
}

impl PostedMatcher {
    fn check(self, index: usize) -> Result<Matcher, Fault> {
        let missing = |name: &str| Fault::Missing(format!("matchers.{index}.{name} in body is required"));
        let is_regex = self.is_regex.ok_or_else(|| missing("isRegex"))?;
        let name = self.name.ok_or_else(|| missing("name"))?;
        let value = self.value.ok_or_else(|| missing("value"))?;
        if name.is_empty() || name.contains('\0') {
            return Err(Fault::Meaningless(format!("invalid label matcher {index}: invalid label name {name:?}")));
        }
        let op = match (self.is_equal.unwrap_or(true), is_regex) {
            (true, false) => MatchOp::Equal,
            (false, false) => MatchOp::NotEqual,
            (true, true) => MatchOp::Regex,
            (false, true) => MatchOp::NotRegex,
        };
        Matcher::new(name, op, value)
            .map_err(|error| Fault::Meaningless(format!("invalid label matcher {index}: {error}")))
    }
}

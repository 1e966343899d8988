//! The query part of a request, read as Alertmanager reads it.

use axum::extract::Query as Pairs;
use axum::response::Response;
use http::{StatusCode, Uri};

use crate::call;
use crate::refused::Refused;

/// The pairs of a query, in order.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// `Err` is the response that says what is wrong, as Alertmanager's clients read it.
    pub(crate) fn of(uri: &Uri) -> Result<Self, Response> {
        Self::read(uri).map_err(|refused| refused.text())
    }

    /// `Err` says what is wrong.
    pub(crate) fn read(uri: &Uri) -> Result<Self, Refused> {
        let pairs = Pairs::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|error| Refused::new(StatusCode::BAD_REQUEST, "malformed", error.body_text()))?;
        Ok(Self(pairs.0))
    }

    /// The pairs.
    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// Every value of a parameter.
    ///
    /// # Panics
    /// When the operation that is asked for does not declare the parameter.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        assert!(call::declares(name), "an operation has to declare the parameter `{name}` that it reads");
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The last value of a parameter; empty ones count as absent.
    pub(crate) fn last(&self, name: &str) -> Option<&str> {
        self.all(name).last().filter(|value| !value.is_empty())
    }

    /// Whether a flag is set; it is unless it is given.
    ///
    /// Source: go-openapi, `swag.ConvertBool`: these words are true, every other is false.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.last(name).is_none_or(|word| {
            let word = word.to_ascii_lowercase();
            matches!(word.as_str(), "1" | "t" | "true" | "y" | "yes" | "ok" | "on" | "checked" | "selected" | "enabled")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_repeat_and_flags_are_set_unless_given() {
        let uri = Uri::from_static("/?filter=a%3D%22b%22&filter=c!%3Dd&active=false&silenced=T&inhibited=&x");
        let query = Query::of(&uri).expect("a query");
        assert_eq!(query.all("filter").collect::<Vec<_>>(), ["a=\"b\"", "c!=d"]);
        assert!(!query.flag("active") && query.flag("silenced") && query.flag("inhibited") && query.flag("muted"));
        assert_eq!(query.last("x"), None);
    }
}

//! What a listing is narrowed to: `filter`, `receiver`, and the flags by state.

use axum::response::Response;
use evenkeel_labels::{LabelSet, MatchOp, Matcher, Matchers, parse_matchers};
use http::StatusCode;

use super::shown_alert::Suppression;
use crate::query::Query;
use crate::reply;

/// More filters in one request are refused.
const FILTERS_MAX: usize = 100;

/// What a listing of alerts is narrowed to.
#[derive(Debug)]
pub(crate) struct AlertFilter {
    matchers: Matchers,
    receiver: Option<Matcher>,
    active: bool,
    silenced: bool,
    inhibited: bool,
    pub(crate) muted: bool,
}

impl AlertFilter {
    /// `unprocessed` is known and changes nothing: every alert is processed when it is taken.
    pub(crate) fn of(query: &Query) -> Result<Self, Response> {
        Ok(Self {
            matchers: matchers(query)?,
            receiver: query.last("receiver").map(receiver).transpose()?,
            active: query.flag("active"),
            silenced: query.flag("silenced"),
            inhibited: query.flag("inhibited"),
            muted: query.flag("muted"),
        })
    }

    pub(crate) fn labels(&self, labels: &LabelSet) -> bool {
        self.matchers.matches(labels)
    }

    pub(crate) fn state(&self, suppression: &Suppression) -> bool {
        (self.active || suppression.suppressed())
            && (self.silenced || suppression.silenced_by.is_empty())
            && (self.inhibited || suppression.inhibited_by.is_empty())
    }

    pub(crate) fn receiver(&self, name: &str) -> bool {
        self.receiver.as_ref().is_none_or(|wanted| wanted.matches_value(name))
    }
}

/// The `filter` parameters of a query.
pub(crate) fn matchers(query: &Query) -> Result<Matchers, Response> {
    let mut all = Vec::new();
    for text in query.all("filter") {
        let bad = |why: &str| reply::refused(StatusCode::BAD_REQUEST, &format!("bad matcher format: {text}: {why}"));
        let Matchers(read) = parse_matchers(text).map_err(|error| bad(&error.to_string()))?;
        if read.is_empty() {
            return Err(bad("one such as `severity=\"page\"` is expected"));
        }
        all.extend(read);
        if all.len() > FILTERS_MAX {
            return Err(bad(&format!("more than {FILTERS_MAX} matchers")));
        }
    }
    Ok(Matchers(all))
}

fn receiver(pattern: &str) -> Result<Matcher, Response> {
    Matcher::new("receiver", MatchOp::Regex, pattern)
        .map_err(|error| reply::refused(StatusCode::BAD_REQUEST, &format!("failed to parse receiver param: {error}")))
}

/// Whether a silence is one the filter asks for: it has each of the filter's matchers, with that very operator and value.
///
/// Source: Alertmanager, `api/v2.CheckSilenceMatchesFilterLabels`.
pub(crate) fn asks_for(filter: &Matchers, silence: &Matchers) -> bool {
    filter.0.iter().all(|wanted| silence.0.contains(wanted))
}

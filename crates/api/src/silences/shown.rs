//! A silence as our own API shows it.

use evenkeel_engine::{Engine, Silence};
use evenkeel_labels::{Matcher, Matchers};
use evenkeel_time::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::alertmanager::shown_silence_id;
use crate::instant::Instant;

/// A silence.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Silence")]
pub(super) struct ShownSilence {
    id: String,
    /// The same as Alertmanager's API has it.
    alertmanager_id: String,
    /// `pending`, `active` or `expired`.
    state: &'static str,
    matchers: Vec<ShownMatcher>,
    starts_at: Instant,
    ends_at: Instant,
    updated_at: Instant,
    created_by: Box<str>,
    comment: Box<str>,
    /// Alerts that fire and that it fits.
    alert_count: usize,
}

/// A condition on a label.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Matcher")]
pub(super) struct ShownMatcher {
    name: String,
    /// `=`, `!=`, `=~` or `!~`.
    op: &'static str,
    value: String,
}

impl ShownSilence {
    pub(super) fn of(engine: &Engine, now: Timestamp, silence: &Silence) -> Self {
        let firing = engine.state().alerting.alerts().filter(|alert| alert.fires());
        Self {
            id: silence.id.to_string(),
            alertmanager_id: shown_silence_id(silence.id),
            state: silence.state(now).as_str(),
            matchers: shown_matchers(&silence.matchers),
            starts_at: Instant(silence.starts_at),
            ends_at: Instant(silence.ends_at),
            updated_at: Instant(silence.updated_at),
            created_by: silence.created_by.clone(),
            comment: silence.comment.clone(),
            alert_count: firing.filter(|alert| silence.matchers.matches(&alert.labels)).count(),
        }
    }
}

pub(super) fn shown_matchers(matchers: &Matchers) -> Vec<ShownMatcher> {
    let one = |matcher: &Matcher| ShownMatcher {
        name: matcher.name().to_owned(),
        op: matcher.op().as_str(),
        value: matcher.value().to_owned(),
    };
    matchers.0.iter().map(one).collect()
}

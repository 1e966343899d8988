//! An alert as our own API shows it.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_engine::{Alert, Engine, SilenceState};
use evenkeel_labels::{LabelSet, Matchers, parse_matchers};
use evenkeel_time::Timestamp;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::instant::Instant;
use crate::openapi::shapes::Labels;
use crate::refused::Refused;

/// More matchers in one request are refused.
const MATCHERS_MAX: usize = 100;

/// An alert: one firing of one label set.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Alert")]
pub(crate) struct ShownAlert {
    id: String,
    /// Prometheus's, of the labels.
    fingerprint: String,
    #[schemars(with = "Labels")]
    labels: LabelSet,
    #[schemars(with = "Labels")]
    annotations: LabelSet,
    /// `active` is told, `suppressed` is not, `resolved` ended and is not told everywhere yet.
    state: &'static str,
    starts_at: Instant,
    ends_at: Option<Instant>,
    /// When it was last heard of.
    seen_at: Instant,
    generator_url: Arc<str>,
    /// What keeps it from being told.
    suppressed_by: Vec<ShownSuppression>,
    /// Who is told of it.
    receivers: Vec<Arc<str>>,
    groups: Vec<String>,
    /// Active incidents that it is in.
    incidents: Vec<String>,
}

/// What keeps an alert from being told.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Suppression")]
struct ShownSuppression {
    /// `silence`, `inhibition` or `mute`.
    kind: &'static str,
    /// The silence, the alert that inhibits, or the time interval.
    by: String,
    /// When it is over, where that is known.
    until: Option<Instant>,
}

impl ShownAlert {
    pub(crate) fn of(engine: &Engine, now: Timestamp, alert: &Alert) -> Self {
        let state = engine.state();
        let groups = alert.groups.iter().filter_map(|id| state.alerting.group(*id));
        let receivers: BTreeSet<Arc<str>> = groups.map(|group| group.receiver.clone()).collect();
        let active = state.incident.incidents().filter(|one| one.active() && one.alerts.contains(&alert.id));
        let suppressed_by = if alert.fires() { suppressions(engine, now, alert) } else { Vec::new() };
        Self {
            id: alert.id.to_string(),
            fingerprint: alert.labels.fingerprint().to_string(),
            labels: alert.labels.clone(),
            annotations: alert.annotations.clone(),
            state: match (alert.fires(), suppressed_by.is_empty()) {
                (false, _) => "resolved",
                (true, true) => "active",
                (true, false) => "suppressed",
            },
            starts_at: Instant(alert.starts_at),
            ends_at: alert.ends_at().map(Instant),
            seen_at: Instant(alert.lease.seen_at),
            generator_url: alert.generator_url.clone(),
            suppressed_by,
            receivers: receivers.into_iter().collect(),
            groups: alert.groups.iter().map(ToString::to_string).collect(),
            incidents: active.map(|one| one.id.to_string()).collect(),
        }
    }
}

fn suppressions(engine: &Engine, now: Timestamp, alert: &Alert) -> Vec<ShownSuppression> {
    let state = &engine.state().alerting;
    let silences = state.silences().filter(|known| known.state(now) == SilenceState::Active);
    let matching = silences.filter(|known| known.matchers.matches(&alert.labels));
    let mut all: Vec<ShownSuppression> = matching
        .map(|silence| ShownSuppression {
            kind: "silence",
            by: silence.id.to_string(),
            until: Some(Instant(silence.ends_at)),
        })
        .collect();
    let inhibitor = engine.context(now).inhibited_by(&alert.labels);
    all.extend(inhibitor.map(|id| ShownSuppression { kind: "inhibition", by: id.to_string(), until: None }));
    let plan = engine.plan();
    let routes = alert.groups.iter().filter_map(|id| plan.routes.by_key(&state.group(*id)?.key.route));
    // What one of its routes tells is told.
    let muted: Vec<Vec<&Arc<str>>> = routes.map(|route| plan.muted_by(route, now)).collect();
    if !muted.is_empty() && muted.iter().all(|names| !names.is_empty()) {
        let names: BTreeSet<&Arc<str>> = muted.into_iter().flatten().collect();
        all.extend(names.into_iter().map(|name| ShownSuppression { kind: "mute", by: name.to_string(), until: None }));
    }
    all
}

/// Matchers as they are written: `severity="page"`.
pub(crate) fn matchers<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Matchers, Refused> {
    let wrong = |message: String| {
        let help = "write matchers such as `severity=\"page\"` or `instance=~\"web-.*\"`";
        Refused::new(StatusCode::BAD_REQUEST, "bad-matcher", message).help(help)
    };
    let mut all = Vec::new();
    for text in texts {
        let Matchers(read) = parse_matchers(text).map_err(|error| wrong(format!("`{text}` is no matcher: {error}")))?;
        if read.is_empty() {
            return Err(wrong(format!("`{text}` is no matcher")));
        }
        all.extend(read);
        if all.len() > MATCHERS_MAX {
            return Err(wrong(format!("more than {MATCHERS_MAX} matchers")));
        }
    }
    Ok(Matchers(all))
}

//! `POST /silences/preview`: what a silence would catch if it were set now.

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::{Engine, SilenceState};
use evenkeel_labels::Matchers;
use evenkeel_time::Timestamp;
use http::{Request, StatusCode};
use schemars::JsonSchema;
use serde::Serialize;

use super::posted::{SilencePreviewing, read};
use super::shown::{ShownMatcher, shown_matchers};
use crate::alerts::ShownAlert;
use crate::alerts::list::BAD_MATCHER;
use crate::app::App;
use crate::openapi::{Given, Operation, Tag};
use crate::refused::Refused;
use crate::{Desk, posted, reply};

/// So many alerts are shown; the count says how many there are.
const SHOWN_MAX: usize = 100;

/// `POST /silences/preview`
pub(crate) const PREVIEW: Operation = Operation::post("/api/v1/silences/preview", "previewSilence", Tag::Silences)
    .asks()
    .says("Shows what a silence would catch", "Of what fires now. Nothing is set.")
    .takes::<SilencePreviewing>(r#"{"matchers":["alertname=\"OrdersDown\""]}"#)
    .answers(&[Given::json::<Previewed>("what it would catch")])
    .refuses(&[BAD_MATCHER]);

/// What a silence would catch.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SilencePreview")]
struct Previewed {
    matchers: Vec<ShownMatcher>,
    /// Alerts that fire and that it fits, at most 100.
    alerts: Vec<ShownAlert>,
    alert_count: usize,
    /// Of those, such as are told now and would not be.
    newly_silenced_count: usize,
    /// Active incidents in which nothing would be left to tell of, so that nobody would be paged any more.
    incidents_muffled: Vec<String>,
    /// Receivers that would be told less.
    receivers: Vec<String>,
}

/// Shows what a silence would catch.
pub(crate) async fn preview<D: Desk>(app: &App<D>, request: Request<Body>) -> Result<Response, Refused> {
    let SilencePreviewing { matchers } = posted::read(app, request).await?;
    let matchers = read(&matchers)?;
    let previewed = app.desk.look(|engine, now| Previewed::of(engine, now, &matchers));
    Ok(reply::json(StatusCode::OK, &previewed))
}

impl Previewed {
    fn of(engine: &Engine, now: Timestamp, matchers: &Matchers) -> Self {
        let state = engine.state();
        let active: Vec<&Matchers> = state
            .alerting
            .silences()
            .filter(|known| known.state(now) == SilenceState::Active)
            .map(|known| &known.matchers)
            .collect();
        let (mut alerts, mut alert_count, mut newly_silenced_count) = (Vec::new(), 0, 0);
        let mut receivers = std::collections::BTreeSet::new();
        for alert in state.alerting.alerts().filter(|alert| alert.fires() && matchers.matches(&alert.labels)) {
            alert_count += 1;
            let silenced = active.iter().any(|known| known.matches(&alert.labels));
            if !silenced && engine.context(now).inhibited_by(&alert.labels).is_none() {
                newly_silenced_count += 1;
                let groups = alert.groups.iter().filter_map(|id| state.alerting.group(*id));
                receivers.extend(groups.map(|group| group.receiver.to_string()));
            }
            if alerts.len() < SHOWN_MAX {
                alerts.push(ShownAlert::of(engine, now, alert));
            }
        }
        let quiet = |id: &evenkeel_ids::AlertId| {
            let told = state.alerting.alert(*id).filter(|alert| alert.fires());
            told.is_none_or(|alert| {
                matchers.matches(&alert.labels) || active.iter().any(|known| known.matches(&alert.labels))
            })
        };
        let hit = |id: &evenkeel_ids::AlertId| {
            state.alerting.alert(*id).is_some_and(|alert| alert.fires() && matchers.matches(&alert.labels))
        };
        let incidents = state.incident.incidents().filter(|one| one.active() && one.alerts.iter().any(hit));
        let incidents_muffled = incidents.filter(|one| one.alerts.iter().all(quiet)).map(|one| one.id.to_string());
        Self {
            matchers: shown_matchers(matchers),
            alerts,
            alert_count,
            newly_silenced_count,
            incidents_muffled: incidents_muffled.collect(),
            receivers: receivers.into_iter().collect(),
        }
    }
}

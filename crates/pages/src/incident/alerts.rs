//! The alerts of an incident: firing ones first.

use std::sync::Arc;

use evenkeel_engine::Alert;
use evenkeel_incident::Incident;

use crate::incident_named::{cut, linked, listed};
use crate::link::web_address;
use crate::{Asked, Frame, Moment};

/// So many are shown.
const SHOWN_MAX: usize = 20;
/// So many are looked through for firing ones.
const LOOKED_AT_MAX: usize = 2_000;
const SAID_MAX: usize = 100;
const LABELS_MAX: usize = 120;
/// An address is linked to when it is no longer than this. Units: bytes.
const ADDRESS_MAX: usize = 300;
/// Who sent it and how bad somebody found it: told elsewhere, or of no help.
const LEFT_OUT: [&str; 4] = ["alertname", "severity", "prometheus", "monitor"];

#[derive(Debug)]
pub(super) struct Alerts {
    pub(super) shown: Vec<Shown>,
    pub(super) count: usize,
    /// Where all of them are.
    pub(super) all: Option<String>,
    /// Where all that is said of them stands as JSON.
    pub(super) whole: String,
}

#[derive(Debug)]
pub(super) struct Shown {
    pub(super) says: String,
    pub(super) href: Option<String>,
    pub(super) labels: String,
    pub(super) since: Moment,
    pub(super) until: Option<Moment>,
    pub(super) source: Option<String>,
}

impl Alerts {
    pub(super) fn of(asked: &Asked<'_>, frame: &Frame, incident: &Incident) -> Self {
        let state = &asked.engine.state().alerting;
        let known = || incident.alerts.iter().take(LOOKED_AT_MAX).filter_map(|id| state.alert(*id));
        let firing = known().filter(|alert| alert.fires());
        let over = known().filter(|alert| !alert.fires());
        let id = incident.id.to_string();
        Self {
            shown: firing.chain(over).take(SHOWN_MAX).map(|alert| Shown::of(frame, alert)).collect(),
            count: incident.alerts.len(),
            all: listed(&frame.root, "/alerts", &format!("?incident={id}")),
            whole: format!("{}api/v1/incidents/{id}", frame.root),
        }
    }
}

impl Shown {
    fn of(frame: &Frame, alert: &Alert) -> Self {
        let source: &Arc<str> = &alert.generator_url;
        Self {
            says: says(alert),
            href: linked(&frame.root, "/alerts/{id}", &alert.id.to_string()),
            labels: labels(alert),
            since: frame.moment(alert.starts_at),
            until: alert.ends_at().map(|at| frame.moment(at)),
            source: web_address(source).filter(|address| address.len() <= ADDRESS_MAX).map(str::to_owned),
        }
    }
}

/// `OrdersDown: no order goes through`
fn says(alert: &Alert) -> String {
    let name = alert.labels.get("alertname");
    let texts = ["summary", "message", "description"].map(|text| alert.annotations.get(text).trim());
    match (name, texts.into_iter().find(|text| !text.is_empty())) {
        ("", None) => alert.id.to_string(),
        ("", Some(said)) => cut(said, SAID_MAX),
        (name, Some(said)) => format!("{}: {}", cut(name, 60), cut(said, SAID_MAX)),
        (name, None) => cut(name, SAID_MAX),
    }
}

fn labels(alert: &Alert) -> String {
    let telling = alert.labels.iter().filter(|(name, _)| !LEFT_OUT.contains(name));
    let shown = telling.map(|(name, value)| format!("{}={}", cut(name, 40), cut(value, 60)));
    cut(&shown.take(12).collect::<Vec<_>>().join(", "), LABELS_MAX)
}

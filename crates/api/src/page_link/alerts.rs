//! Alerts on the page behind a link.

use super::address::web_address;
use super::clock::Clock;
use crate::incidents::IncidentAlert;

/// So many are shown on a phone; the count says how many there are.
const ALERTS_MAX: usize = 5;
/// So many labels are shown of each.
const LABELS_MAX: usize = 8;
/// Who sent it and how bad somebody found it: told elsewhere, or of no help.
const LABELS_LEFT_OUT: [&str; 4] = ["alertname", "severity", "prometheus", "monitor"];

/// One alert.
#[derive(Debug)]
pub(super) struct AlertLine {
    pub(super) says: String,
    pub(super) labels: String,
    pub(super) since: String,
    pub(super) link: Option<String>,
}

/// The first ones, and how many there are besides.
pub(super) fn alerts(alerts: &[IncidentAlert], count: usize, clock: &Clock) -> (Vec<AlertLine>, Option<String>) {
    let shown: Vec<AlertLine> = alerts.iter().take(ALERTS_MAX).map(|alert| AlertLine::of(alert, clock)).collect();
    let more = count.checked_sub(shown.len()).filter(|more| *more > 0);
    (shown, more.map(|more| format!("And {more} more, some of which may be over.")))
}

impl AlertLine {
    fn of(alert: &IncidentAlert, clock: &Clock) -> Self {
        let name = alert.labels.get("alertname");
        let texts = ["summary", "message", "description"].map(|text| alert.annotations.get(text).trim());
        let said = texts.into_iter().find(|text| !text.is_empty());
        let says = match (name, said) {
            ("", Some(said)) => said.to_owned(),
            (name, Some(said)) => format!("{name}: {said}"),
            (name, None) => name.to_owned(),
        };
        let since = match alert.ends_at {
            None => format!("since {}", clock.since(alert.starts_at.0)),
            Some(end) => format!("from {} to {}", clock.at(alert.starts_at.0), clock.at(end.0)),
        };
        Self { says, labels: labels(alert), since, link: web_address(&alert.generator_url) }
    }
}

fn labels(alert: &IncidentAlert) -> String {
    let telling = |name: &str| !LABELS_LEFT_OUT.contains(&name);
    let mut shown: Vec<String> =
        alert.labels.iter().filter(|(name, _)| telling(name)).map(|(name, value)| format!("{name}={value}")).collect();
    if shown.len() > LABELS_MAX {
        let more = shown.len() - LABELS_MAX;
        shown.truncate(LABELS_MAX);
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}

//! What a silence catches, or would catch, of what fires now.

use std::cmp::Reverse;

use evenkeel_engine::Alert;
use evenkeel_incident::Incident;
use evenkeel_labels::Matchers;

use crate::alerts_asked::place_of;
use crate::alerts_line::Line;
use crate::alerts_sieve::Sieve;
use crate::alerts_text::clipped;
use crate::alerts_window::{Window, many, number};
use crate::mark::Mark;
use crate::{Asked, Frame};

/// So many alerts are shown.
const ALERTS_MAX: usize = 20;
/// So many incidents are listed.
const INCIDENTS_MAX: usize = 10;

/// What a silence catches.
#[derive(Debug)]
pub(crate) struct Caught {
    /// `3 firing alerts`
    pub(crate) count: String,
    /// What that means, where it is none or all.
    pub(crate) remark: Option<String>,
    /// How many of them are suppressed anyway.
    pub(crate) already: usize,
    /// The newest of them.
    pub(crate) alerts: Vec<Line>,
    /// How many more there are.
    pub(crate) more: String,
    /// Incidents of which nothing would be told any more, so that nobody is paged for them.
    pub(crate) pauses: Vec<Paused>,
    pub(crate) pauses_more: usize,
}

/// An incident that it pauses.
#[derive(Debug)]
pub(crate) struct Paused {
    pub(crate) href: Option<String>,
    pub(crate) title: String,
    pub(crate) mark: Mark,
    pub(crate) id: String,
}

/// What these matchers catch now: those of a silence that holds, or of one that does not yet.
pub(crate) fn caught(asked: &Asked<'_>, frame: &Frame, matchers: &Matchers, holds: bool) -> Caught {
    let sieve = Sieve::of(asked);
    let alerting = &asked.engine.state().alerting;
    let mut window = Window::new(None, ALERTS_MAX);
    let mut already = 0;
    for alert in alerting.alerts().filter(|alert| alert.fires() && matchers.matches(&alert.labels)) {
        let why = sieve.why(alert);
        already += usize::from(why.is_some());
        window.push(place_of(alert), || (alert, why));
    }
    let paged = window.paged();
    let (total, fires) = (paged.total, alerting.firing());
    let mut pauses: Vec<_> =
        asked.engine.state().incident.incidents().filter(|one| pauses(asked, &sieve, matchers, holds, one)).collect();
    pauses.sort_by_key(|incident| (incident.severity, Reverse(incident.id)));
    let more = total - paged.rows.len();
    Caught {
        count: many(total, "firing alert"),
        remark: remark(total, fires),
        already,
        alerts: paged.rows.into_iter().map(|(alert, why)| Line::of(asked.engine, frame, alert, why)).collect(),
        more: if more > 0 { number(more) } else { String::new() },
        pauses_more: pauses.len().saturating_sub(INCIDENTS_MAX),
        pauses: pauses.into_iter().take(INCIDENTS_MAX).map(|incident| Paused::of(asked, incident)).collect(),
    }
}

fn remark(total: usize, fires: usize) -> Option<String> {
    match (total, fires) {
        (0, 0) => Some("Nothing fires now, so nothing is caught yet.".to_owned()),
        (0, _) => Some("It catches nothing that fires now. Is a label misspelt?".to_owned()),
        (1, _) => None,
        _ if total == fires => Some(format!("It catches everything that fires, all {}.", many(fires, "alert"))),
        _ => None,
    }
}

/// Whether somebody is paged for it without the silence, and nobody with it: nothing of it that fires is told of, and
/// something is caught.
fn pauses(asked: &Asked<'_>, sieve: &Sieve<'_>, matchers: &Matchers, holds: bool, incident: &Incident) -> bool {
    if !incident.active() || incident.paused.is_some() != holds || incident.pause_overruled {
        return false;
    }
    let alerting = &asked.engine.state().alerting;
    let firing = || incident.alerts.iter().filter_map(|id| alerting.alert(*id)).filter(|alert| alert.fires());
    let caught = |alert: &Alert| matchers.matches(&alert.labels);
    firing().any(caught) && firing().all(|alert| caught(alert) || sieve.why(alert).is_some())
}

impl Paused {
    fn of(asked: &Asked<'_>, incident: &Incident) -> Self {
        Self {
            href: crate::record_links::leads_to(asked.engine, &incident.id.to_string()),
            title: clipped(&incident.title, 200),
            mark: Mark::of(incident.severity),
            id: incident.id.to_string(),
        }
    }
}

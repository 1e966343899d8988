//! What is wrong with a workload now and was lately, and what was changed.

use evenkeel_ids::{AlertId, IncidentId};
use evenkeel_incident::Phase;
use evenkeel_labels::LabelSet;

use crate::clock::long;
use crate::evidence::Cell;
use crate::history::{Day, by_number};
use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::mark::Mark;
use crate::{Asked, Frame, Moment, Rows};

/// So many incidents are listed.
pub(super) const LISTED: usize = 15;

/// One incident.
#[derive(Debug)]
pub(super) struct Incident {
    pub(super) mark: Option<Mark>,
    pub(super) name: Named,
    pub(super) at: Moment,
    /// How long it lasted, or that it lasts.
    pub(super) lasted: String,
    pub(super) status: &'static str,
}

/// Alerts that fire.
#[derive(Debug)]
pub(super) struct Alerts {
    pub(super) lines: Vec<Alert>,
    pub(super) more: bool,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Alert {
    pub(super) name: Named,
    pub(super) severity: String,
    pub(super) summary: String,
    pub(super) at: Option<Moment>,
}

/// Something that was changed.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) what: String,
    pub(super) which: String,
    pub(super) how: String,
    pub(super) at: Moment,
    pub(super) record: Option<Named>,
}

/// Those that nobody has ended, the worst first.
pub(super) fn open(asked: &Asked<'_>, frame: &Frame, workload: &str) -> Vec<Incident> {
    let all = asked.engine.state().incident.incidents();
    let open = all.filter(|one| matches!(one.phase, Phase::Open | Phase::Acknowledged));
    let mut open: Vec<_> = open.filter(|one| super::refers(one.workload.as_ref(), workload)).collect();
    open.sort_by_key(|one| (one.severity, one.id));
    open.truncate(LISTED);
    open.into_iter().map(|one| of_state(asked, frame, one)).collect()
}

fn of_state(asked: &Asked<'_>, frame: &Frame, one: &evenkeel_incident::Incident) -> Incident {
    let end = one.resolved.as_ref().map(|resolved| resolved.at);
    Incident {
        mark: Some(Mark::of(one.severity)),
        name: titled(frame, &one.id.to_string(), &one.title),
        at: frame.moment(one.opened_at),
        lasted: long(end.unwrap_or(asked.now).0 - one.opened_at.0),
        status: one.phase.as_str(),
    }
}

fn titled(frame: &Frame, id: &str, title: &str) -> Named {
    let name = if title.trim().is_empty() { id.to_owned() } else { cut(title, TITLE_MAX) };
    Named { name, href: linked(&frame.root, "/incidents/{id}", id) }
}

/// Those of the evidence, the newest first; with titles as long as state has them.
pub(super) fn incidents(asked: &Asked<'_>, frame: &Frame, rows: &Rows) -> Vec<Incident> {
    let incident = |row: &Vec<Cell>| {
        let [id, at, resolved, severity, ..] = row.as_slice() else { return None };
        let (id, at) = (id.text(), at.instant()?);
        let known = id.parse::<IncidentId>().ok().and_then(|id| asked.engine.state().incident.incident(id));
        if let Some(known) = known {
            return Some(of_state(asked, frame, known));
        }
        let (status, end) = resolved.instant().map_or(("open", asked.now), |end| ("resolved", end));
        Some(Incident {
            mark: severity.whole().and_then(by_number).map(Mark::of),
            name: titled(frame, &id, ""),
            at: frame.moment(at),
            lasted: long(end.0 - at.0),
            status,
        })
    };
    rows.rows.iter().take(LISTED).filter_map(incident).collect()
}

pub(super) fn alerts(asked: &Asked<'_>, frame: &Frame, rows: &Rows) -> Alerts {
    let alert = |row: &Vec<Cell>| {
        let [id, at, name, severity, ..] = row.as_slice() else { return None };
        let (id, name) = (id.text(), name.text());
        let known = id.parse::<AlertId>().ok().and_then(|id| asked.engine.state().alerting.alert(id));
        let said = |of: &LabelSet| {
            ["summary", "description"].iter().map(|key| of.get(key)).find(|text| !text.is_empty()).map(str::to_owned)
        };
        let summary = known.and_then(|known| said(&known.annotations)).unwrap_or_default();
        Some(Alert {
            name: Named {
                name: cut(if name.is_empty() { &id } else { &name }, TITLE_MAX),
                href: linked(&frame.root, "/alerts/{id}", &id),
            },
            severity: cut(&severity.text(), 24),
            summary: cut(&summary, 2 * TITLE_MAX),
            at: at.instant().map(|at| frame.moment(at)),
        })
    };
    Alerts { lines: rows.rows.iter().filter_map(alert).collect(), more: rows.more }
}

/// Name, how long, the worst.
pub(super) fn day(day: &Day) -> (String, String, &'static str) {
    (day.name.clone(), long(i64::from(day.minutes) * 60_000), day.worst.map_or("", evenkeel_severity::Severity::as_str))
}

impl Change {
    pub(super) fn of(frame: &Frame, row: &[Cell]) -> Option<Self> {
        let [what, at, which, how, record, ..] = row else { return None };
        let record = record.text();
        Some(Self {
            what: what.text(),
            which: cut(&which.text(), TITLE_MAX),
            how: cut(&how.text(), 24),
            at: frame.moment(at.instant()?),
            record: (!record.is_empty()).then(|| Named::entity(&frame.root, "/records/{seq}", &record)),
        })
    }
}

//! `/incidents`: what is wrong, the worst first, with filters that stand in the address.

pub(crate) mod opening;

use std::cmp::Reverse;

use askama::Template;
use evenkeel_identity::Action;
use evenkeel_ids::IncidentId;
use evenkeel_incident::{Incident, Phase};
use evenkeel_severity::Severity;

use crate::incident_line::{Line, Urgencies, Urgency, counted, first};
use crate::incident_named::cut;
use crate::link::encoded;
use crate::mark::Mark;
use crate::{Asked, Frame, PageRoute, Section, Show, Shown};

/// So many stand on a page.
const ON_A_PAGE: usize = 30;

pub(crate) const LIST: PageRoute = PageRoute { path: "/incidents", action: Action::Read, show: Show::State(show) };

#[derive(Debug, Template)]
#[template(path = "incidents.html", whitespace = "minimize")]
struct Incidents {
    frame: Frame,
    lines: Vec<Line>,
    /// So many fit the filters.
    count: usize,
    from: usize,
    /// Every open one, by severity.
    open: Vec<(Mark, usize)>,
    status: &'static str,
    /// Where open, resolved and all ones are, by the same filters.
    by_status: (String, String, String),
    severity: String,
    team: String,
    workload: String,
    text: String,
    filtered: bool,
    before: Option<String>,
    after: Option<String>,
    severities: [&'static str; 5],
    may_open: bool,
}

/// Which are asked for.
struct Filter<'a> {
    status: Status,
    severity: Option<Severity>,
    team: &'a str,
    workload: &'a str,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Those that somebody has to act on.
    Open,
    /// Those that are over and may come again.
    Resolved,
    /// All that are known.
    All,
}

/// The worst first while they are open, the newest first when they are over.
type Key = (bool, Option<Urgency>, Reverse<IncidentId>);

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let frame = asked.frame(Section::Incidents, "Incidents");
    let (state, place) = (&asked.engine.state().incident, asked.place);
    let filter = Filter::read(asked);
    let urgencies = Urgencies::under(asked.engine.plan());
    let fitting = state.incidents().filter(|one| filter.fits(asked, one));
    let keys: Vec<Key> = fitting.map(|one| key(&urgencies, one)).collect();
    let count = keys.len();
    let page: usize = place.last("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
    let from = (page - 1).saturating_mul(ON_A_PAGE);
    let found = first(keys, from, ON_A_PAGE).into_iter().filter_map(|(_, _, Reverse(id))| state.incident(id));
    let lines: Vec<Line> = found.map(|one| Line::of(asked, &frame, one)).collect();
    let after = (from + lines.len() < count).then(|| place.with("page", &(page + 1).to_string()));
    let earlier = if page > 2 { (page - 1).to_string() } else { String::new() };
    Shown::page(Incidents {
        lines,
        count,
        from,
        open: counted(state.incidents()),
        status: filter.status.word(),
        by_status: (filter.address("open"), filter.address("resolved"), filter.address("all")),
        severity: filter.severity.map_or_else(String::new, |severity| severity.to_string()),
        team: filter.team.to_owned(),
        workload: filter.workload.to_owned(),
        text: cut(&filter.text, 200),
        filtered: filter.narrow(),
        before: (page > 1).then(|| place.with("page", &earlier)),
        after,
        severities: Severity::ALL.map(Severity::as_str),
        may_open: asked.may_respond(),
        frame,
    })
}

fn key(urgencies: &Urgencies<'_>, incident: &Incident) -> Key {
    let urgency = incident.active().then(|| urgencies.of(incident));
    (urgency.is_none(), urgency, Reverse(incident.id))
}

impl<'a> Filter<'a> {
    fn read(asked: &Asked<'a>) -> Self {
        let place = asked.place;
        let name = |kind: &str, text: &'a str| text.strip_prefix(kind).unwrap_or(text);
        Self {
            status: Status::read(place.last("status").unwrap_or("")),
            severity: place.last("severity").and_then(|word| word.parse().ok()),
            team: name("team:", place.last("team").unwrap_or("")),
            workload: name("workload:", place.last("workload").unwrap_or("")),
            text: place.last("q").unwrap_or("").to_lowercase(),
        }
    }

    /// Where those of another status are that fit the other filters.
    fn address(&self, status: &str) -> String {
        let severity = self.severity.map_or("", Severity::as_str);
        let fields = [("severity", severity), ("team", self.team), ("workload", self.workload), ("q", &self.text)];
        let written = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let written = written.map(|(name, value)| format!("&{name}={}", encoded(value)));
        format!("?status={status}{}", written.collect::<String>())
    }

    fn narrow(&self) -> bool {
        self.severity.is_some() || !self.team.is_empty() || !self.workload.is_empty() || !self.text.is_empty()
    }

    /// The cheap questions come first.
    fn fits(&self, asked: &Asked<'_>, incident: &Incident) -> bool {
        self.status.fits(incident.phase)
            && self.severity.is_none_or(|severity| incident.severity == severity)
            && (self.workload.is_empty() || incident.workload.as_deref() == Some(self.workload))
            && self.says(incident)
            && self.owned(asked, incident)
    }

    fn says(&self, incident: &Incident) -> bool {
        let within = |text: &str| text.to_lowercase().contains(&self.text);
        self.text.is_empty()
            || within(&incident.title)
            || incident.workload.as_deref().is_some_and(within)
            || incident.id.to_string() == self.text
    }

    fn owned(&self, asked: &Asked<'_>, incident: &Incident) -> bool {
        let owner = || asked.engine.with_incidents(asked.now, |cx| cx.owner(incident));
        self.team.is_empty() || owner().is_some_and(|owner| owner.name().as_ref() == self.team)
    }
}

impl Status {
    fn read(word: &str) -> Self {
        match word {
            "resolved" => Self::Resolved,
            "all" => Self::All,
            _ => Self::Open,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::All => "all",
        }
    }

    const fn fits(self, phase: Phase) -> bool {
        match (self, phase) {
            (Self::All, _) | (Self::Open, Phase::Open | Phase::Acknowledged) | (Self::Resolved, Phase::Resolved) => {
                true
            }
            (Self::Open, Phase::Resolved | Phase::Closed | Phase::Merged)
            | (Self::Resolved, Phase::Open | Phase::Acknowledged | Phase::Closed | Phase::Merged) => false,
        }
    }
}

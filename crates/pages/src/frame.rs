//! What stands round every page: where one is, who one is, how it stands.

use evenkeel_incident::Phase;

use crate::files::{APP_CSS, LIVE_JS};
use crate::mark::Mark;
use crate::{Asked, Clock, Moment, Said};

/// Which entry of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// How all of it stands.
    Overview,
    /// Incidents and problems.
    Incidents,
    /// Alerts, groups, silences.
    Alerts,
    /// Who is on call.
    OnCall,
    /// Workloads.
    Workloads,
    /// Teams and people.
    Teams,
    /// Procedures.
    Procedures,
    /// The review.
    Review,
    /// Records, and plans.
    Records,
    /// None of them.
    None,
}

/// An entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the root.
    pub path: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Whether the page belongs to it.
    pub here: bool,
}

impl Entry {
    /// The key that leads there, after `g`.
    #[must_use]
    pub fn key(&self) -> &str {
        match self.path {
            "" => "o",
            "oncall" | "on-call" => "c",
            "review" => "v",
            path => path.get(..1).unwrap_or(""),
        }
    }
}

/// In the order of the page; a section stands here once its page is there.
const NAVIGATION: &[(Section, &str, &str)] = &[
    (Section::Overview, "", "Overview"),
    (Section::Incidents, "incidents", "Incidents"),
    (Section::Alerts, "alerts", "Alerts"),
    (Section::OnCall, "oncall", "On call"),
    (Section::Workloads, "workloads", "Workloads"),
    (Section::Teams, "teams", "Teams"),
    (Section::Procedures, "procedures", "Procedures"),
    (Section::Review, "review", "Review"),
    (Section::Records, "records", "Records"),
];

/// What stands round every page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// From the page to the root of the site; ends with `/`.
    pub root: String,
    /// What the page is called.
    pub title: String,
    /// The navigation.
    pub navigation: Vec<Entry>,
    /// Who looks.
    pub reader: String,
    /// Whether they may act.
    pub may_respond: bool,
    /// How many incidents nobody has ended.
    pub open: usize,
    /// The worst of them.
    pub(crate) worst: Option<Mark>,
    /// What is said about what was just tried.
    pub said: Option<Said>,
    /// What is not well with the program itself.
    pub unwell: Vec<String>,
    /// Path and query of the page, for the live stream.
    pub place: String,
    /// What is searched for, on the page that shows it.
    pub sought: String,
    /// Names this look, for forms.
    pub once: String,
    /// The present instant.
    pub now: Moment,
    /// The zone that times are shown in.
    pub zone: String,
    /// The file of the style.
    pub style: String,
    /// The file of the module.
    pub module: String,
    /// The program's version.
    pub version: String,
    clock: Clock,
}

impl Frame {
    pub(crate) fn of(asked: &Asked<'_>, section: Section, title: String) -> Self {
        let clock = asked.clock();
        let incidents = asked.engine.state().incident.incidents();
        let open = incidents.filter(|incident| matches!(incident.phase, Phase::Open | Phase::Acknowledged));
        let (open, worst) = open.fold((0, None), |(count, worst), incident| {
            (
                count + 1,
                Some(
                    worst.map_or(incident.severity, |worst: evenkeel_severity::Severity| worst.min(incident.severity)),
                ),
            )
        });
        let entry =
            |(known, path, name): &(Section, &'static str, &'static str)| Entry { path, name, here: *known == section };
        let said = asked.said.cloned();
        Self {
            root: asked.place.root(),
            title,
            navigation: NAVIGATION.iter().map(entry).collect(),
            reader: asked.caller.person.as_ref().map_or_else(|| asked.caller.actor.to_string(), ToString::to_string),
            may_respond: asked.may_respond(),
            open,
            worst: worst.map(Mark::of),
            said: said.or_else(|| asked.place.last("said").and_then(Said::done)),
            unwell: asked.standing.reasons.clone(),
            place: asked.place.whole(),
            sought: String::new(),
            once: asked.once.to_owned(),
            now: clock.moment(asked.now),
            zone: clock.zone.name().to_owned(),
            style: APP_CSS.name(),
            module: LIVE_JS.name(),
            version: asked.standing.version.clone(),
            clock,
        }
    }

    /// An instant, as the reader's clock shows it.
    #[must_use]
    pub fn moment(&self, at: evenkeel_time::Timestamp) -> Moment {
        self.clock.moment(at)
    }
}

//! What can be found, kind by kind: what of it is searched, and what is said of it.

use evenkeel_engine::SilenceState;
use evenkeel_ids::Seq;
use evenkeel_incident::Phase;

use super::best::Best;
use super::sought::Sought;
use crate::Asked;
use crate::link::encoded;
use crate::mark::Mark;
use crate::route::leads;

/// More alerts that fit are not looked for: whoever has so many has to say more.
const ALERTS_FOUND_MAX: usize = 1000;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// What it is called.
    pub(super) name: String,
    /// Its page, relative to the root; `None` where it has none.
    pub(super) path: Option<String>,
    /// What is said of it.
    pub(super) says: String,
    /// How bad it is.
    pub(super) mark: Option<Mark>,
}

/// What was found of a kind.
#[derive(Debug)]
pub(super) struct Found {
    /// Its word in addresses.
    pub(super) word: &'static str,
    /// What the kind is called.
    pub(super) title: &'static str,
    /// The best.
    pub(super) hits: Vec<Hit>,
    /// How many there are.
    pub(super) found: usize,
    /// Whether there are more than were counted.
    pub(super) at_least: bool,
}

type Look = fn(&Asked<'_>, &Sought, usize) -> Best<Hit>;

/// Every kind, in the order of the page.
const KINDS: [(&str, &str, Look); 8] = [
    ("incidents", "Incidents", incidents),
    ("problems", "Problems", problems),
    ("alerts", "Alerts", alerts),
    ("workloads", "Workloads", workloads),
    ("teams", "Teams and people", teams),
    ("procedures", "Procedures", procedures),
    ("schedules", "Schedules", schedules),
    ("silences", "Silences", silences),
];

/// What is found of every kind, or of one; so many of each.
pub(super) fn find(asked: &Asked<'_>, sought: &Sought, only: Option<&str>, few: usize) -> Vec<Found> {
    let wanted = KINDS.into_iter().filter(|(word, ..)| only.is_none_or(|only| only == *word));
    let found = wanted.map(|(word, title, look)| {
        let best = look(asked, sought, few);
        let found = best.found;
        let at_least = word == "alerts" && found >= ALERTS_FOUND_MAX;
        Found { word, title, found, at_least, hits: best.sorted().collect() }
    });
    found.filter(|kind| kind.found > 0).collect()
}

/// The newest first.
const fn newest(seq: Seq) -> u64 {
    u64::MAX - seq.0
}

fn hit(name: impl ToString, path: &str, says: impl Into<String>) -> Hit {
    let name = name.to_string();
    let path = format!("{path}/{}", encoded(&name));
    Hit { path: leads(&path).then_some(path), name, says: says.into(), mark: None }
}

fn incidents(asked: &Asked<'_>, sought: &Sought, few: usize) -> Best<Hit> {
    let mut best = Best::new(few);
    for incident in asked.engine.state().incident.incidents() {
        let id = incident.id.to_string();
        let own = [id.as_str(), &incident.title, incident.workload.as_deref().unwrap_or("")];
        let labels = || incident.key.iter().flat_map(|key| key.labels.iter().map(|(_, value)| value));
        let Some(rank) = sought.rank(|| own.into_iter().chain(labels())) else { continue };
        let over = !matches!(incident.phase, Phase::Open | Phase::Acknowledged);
        let age = newest(incident.id.seq()) >> 1;
        let says = format!("{}, {}", incident.title, incident.phase.as_str());
        let mark = Some(Mark::of(incident.severity));
        best.offer((rank, age | u64::from(over) << 63), Hit { mark, ..hit(id, "incidents", says) });
    }
    best
}

fn problems(asked: &Asked<'_>, sought: &Sought, few: usize) -> Best<Hit> {
    let mut best = Best::new(few);
    for problem in asked.engine.state().incident.problems() {
        let id = problem.id.to_string();
        let Some(rank) = sought.rank(|| [id.as_str(), &problem.title].into_iter()) else { continue };
        best.offer((rank, newest(problem.id.seq())), hit(id, "problems", problem.title.as_ref()));
    }
    best
}

fn alerts(asked: &Asked<'_>, sought: &Sought, few: usize) -> Best<Hit> {
    let mut best = Best::new(few);
    for alert in asked.engine.state().alerting.alerts() {
        let said = || alert.labels.iter().map(|(_, value)| value).chain([alert.annotations.get("summary")]);
        let Some(rank) = sought.rank(said) else { continue };
        let resolved = u64::from(!alert.fires()) << 63;
        let says = || format!("{} {}", alert.labels.get("alertname"), alert.labels);
        best.offer((rank, newest(alert.id.seq()) >> 1 | resolved), hit(alert.id, "alerts", says()));
        if best.found >= ALERTS_FOUND_MAX {
            break;
        }
    }
    best
}

fn workloads(asked: &Asked<'_>, sought: &Sought, few: usize) -> Best<Hit> {
    let mut best = Best::new(few);
    for (place, workload) in (0..).zip(asked.engine.plan().catalogue.workloads.values()) {
        let parts = || workload.components.iter().map(|component| component.name.as_ref());
        let own = [workload.name.as_ref(), &workload.impact.who, &workload.impact.what];
        let Some(rank) = sought.rank(|| own.into_iter().chain(parts())) else { continue };
        let owner = workload.owner.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
        best.offer((rank, place), hit(&workload.name, "workloads", format!("tier {}, {owner}", workload.tier)));
    }
    best
}

fn teams(asked: &Asked<'_>, sought: &Sought, few: usize) -> Best<Hit> {
    let (mut best, catalogue) = (Best::new(few), &asked.engine.plan().catalogue);
    for (place, team) in (0..).zip(catalogue.teams.values()) {
        let members = || team.members.iter().map(|member| member.person.as_ref());
        let Some(rank) = sought.rank(|| [team.name.as_ref()].into_iter().chain(members())) else { continue };
        let says = format!("team of {}", team.members.len());
        best.offer((rank, place), hit(&team.name, "teams", says));
    }
    for (place, person) in (1 << 32..).zip(catalogue.people.keys()) {
        let Some(rank) = sought.rank(|| [person.as_ref()].into_iter()) else { continue };
        best.offer((rank, place), hit(person, "people", "person"));
    }
    best
}

fn procedures(asked: &Asked<'_>, sought: &Sought, few: usize) -> Best<Hit> {
    let mut best = Best::new(few);
    for (place, procedure) in (0..).zip(asked.engine.plan().catalogue.procedures.values()) {
        let about = procedure.workload.as_deref().unwrap_or("");
        let own = [procedure.name.as_ref(), &procedure.title, &procedure.path, about];
        let Some(rank) = sought.rank(|| own.into_iter()) else { continue };
        best.offer((rank, place), hit(&procedure.name, "procedures", procedure.title.as_ref()));
    }
    best
}

fn schedules(asked: &Asked<'_>, sought: &Sought, few: usize) -> Best<Hit> {
    let mut best = Best::new(few);
    for (place, name) in (0..).zip(asked.engine.plan().catalogue.schedules.keys()) {
        let Some(rank) = sought.rank(|| [name.as_ref()].into_iter()) else { continue };
        best.offer((rank, place), hit(name, "oncall", "schedule"));
    }
    best
}

fn silences(asked: &Asked<'_>, sought: &Sought, few: usize) -> Best<Hit> {
    let mut best = Best::new(few);
    for silence in asked.engine.state().alerting.silences() {
        let (id, matchers) = (silence.id.to_string(), silence.matchers.to_string());
        let own = [id.as_str(), &matchers, &silence.comment, &silence.created_by];
        let Some(rank) = sought.rank(|| own.into_iter()) else { continue };
        let state = silence.state(asked.now);
        let over = u64::from(state == SilenceState::Expired) << 63;
        let says = format!("{matchers}, {}: {}", state.as_str(), silence.comment);
        best.offer((rank, newest(silence.id.seq()) >> 1 | over), hit(id, "silences", says));
    }
    best
}

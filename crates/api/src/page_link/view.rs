//! The page behind a link as HTML: complete without scripts, good on a phone.

use askama::Template;
use evenkeel_ids::DocumentRef;
use evenkeel_record::UpdateKind;

use super::address::web_address;
use super::alerts::{AlertLine, alerts};
use super::facts::{Asked, Facts};
use super::people::{asked, contacts};
use super::standing::{standing, who_has_it};
use crate::incidents::{ShownDependency, ShownImpact, ShownRelated};

/// The page's own style; nothing else may style it.
pub(super) const STYLE: &str = include_str!("../../templates/page_link.css");

/// The page. Texts are as they were written; the template escapes them.
#[derive(Debug, Template)]
#[template(path = "page_link.html", whitespace = "minimize")]
pub(super) struct View {
    style: &'static str,
    severity: &'static str,
    incident: String,
    title: String,
    since: String,
    standing: Vec<String>,
    notices: Vec<String>,
    suffers: Vec<String>,
    alerts: Vec<AlertLine>,
    alerts_more: Option<String>,
    surroundings: Vec<String>,
    related: Vec<String>,
    procedure: Option<Procedure>,
    without_asking: Vec<Box<str>>,
    last_change: Option<String>,
    because: Vec<Box<str>>,
    own_contacts: String,
    others: Vec<String>,
    timeline: Vec<String>,
    actions: Actions,
    command: String,
    zone: String,
    now: String,
}

#[derive(Debug)]
struct Procedure {
    text: String,
    link: Option<String>,
}

/// What can be done on the page.
#[derive(Debug)]
enum Actions {
    /// The words on the large button.
    Respond(&'static str),
    Approve(Text),
    /// Why nothing can be done here.
    Nothing(String),
}

#[derive(Debug)]
struct Text {
    what: String,
    title: String,
    text: String,
}

impl View {
    /// `notice`: what was wrong with what the person just tried.
    pub(super) fn of(facts: Facts, notice: Option<String>) -> Self {
        let actions = Actions::of(&facts);
        let (standing, clock) = (standing(&facts), facts.clock);
        let (page, detail) = (facts.page, facts.detail);
        let incident = detail.incident;
        let (alerts, alerts_more) = alerts(&detail.alerts, incident.alert_count, &clock);
        let others = detail.pages.iter().filter(|other| other.id != page.id);
        let line = |at, what: &str| format!("{} {what}", clock.at(at));
        Self {
            style: STYLE,
            severity: incident.severity.as_str(),
            title: incident.title.into(),
            since: clock.since(incident.opened_at.0),
            standing,
            notices: notice.into_iter().collect(),
            suffers: suffers(detail.impact.as_ref(), incident.workload.as_ref(), incident.customer_visible),
            alerts,
            alerts_more,
            surroundings: surroundings(&detail.dependencies.depends_on, &detail.dependencies.dependants),
            related: detail.related.iter().map(related).collect(),
            procedure: detail.procedure.map(|text| Procedure { link: web_address(&text), text: text.into() }),
            without_asking: detail.without_asking,
            last_change: detail.last_change.map(|change| format!("{} at {}", change.what, clock.at(change.at.0))),
            own_contacts: format!("How you were reached: {}.", contacts(&page.contacts, &clock)),
            because: page.because,
            others: others.map(|other| asked(other, &clock)).collect(),
            timeline: detail.timeline.iter().map(|entry| line(entry.at.0, &entry.what)).collect(),
            actions,
            command: format!("evenkeel incident show {}", incident.id),
            incident: incident.id,
            zone: clock.zone.name().to_owned(),
            now: clock.today(),
        }
    }
}

impl Actions {
    fn of(facts: &Facts) -> Self {
        if facts.used {
            return Self::Nothing(format!("This link was used. {}", who_has_it(facts)));
        }
        if facts.gone {
            return Self::Nothing("The ops repo does not have you any more, so you cannot act here.".to_owned());
        }
        let over = !matches!(facts.detail.incident.status, "open" | "acknowledged");
        match &facts.asked {
            Asked::Approve { update, waits: true } => Self::Approve(Text {
                what: format!("what {} are told {}", update.audience, kind(update.kind)),
                title: update.title.to_string(),
                text: update.text.to_string(),
            }),
            Asked::Approve { update, waits: false } => {
                let by = update.approved_by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
                let became =
                    if update.status == "withdrawn" { "withdrawn".to_owned() } else { format!("approved{by}") };
                Self::Nothing(format!("Nothing is left to approve: the update was {became}."))
            }
            Asked::ApproveGone => Self::Nothing("Nothing is left to approve: the update is gone.".to_owned()),
            Asked::Acknowledge | Asked::StillYours | Asked::TakeOver if over => {
                Self::Nothing(format!("Nothing is to be done here. {}", who_has_it(facts)))
            }
            Asked::Acknowledge => Self::Respond("Acknowledge: I take it"),
            Asked::StillYours => Self::Respond("Still mine: I go on"),
            Asked::TakeOver => Self::Respond("Take over: it is mine"),
        }
    }
}

const fn kind(kind: UpdateKind) -> &'static str {
    match kind {
        UpdateKind::First => "first",
        UpdateKind::Progress => "now",
        UpdateKind::Recovery => "at the end",
    }
}

fn suffers(impact: Option<&ShownImpact>, workload: Option<&DocumentRef>, customers: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(impact) = impact {
        let text = match (impact.who.is_empty(), impact.what.is_empty()) {
            (false, false) => format!("{}: {}", impact.who, impact.what),
            (false, true) => impact.who.to_string(),
            (true, false) => impact.what.to_string(),
            (true, true) => "Nobody wrote down who suffers.".to_owned(),
        };
        lines.push(text);
    }
    lines.push(if customers { "Customers notice." } else { "Customers do not notice." }.to_owned());
    lines.push(match (workload, impact) {
        (Some(workload), Some(impact)) => format!("Hit is {}, tier {}.", workload.name(), impact.tier),
        (Some(workload), None) => format!("Hit is {}, which the ops repo does not have any more.", workload.name()),
        (None, _) => "No workload is named.".to_owned(),
    });
    lines
}

fn surroundings(below: &[ShownDependency], above: &[ShownDependency]) -> Vec<String> {
    let line = |one: &ShownDependency, hard: &str, soft: &str| {
        let open = match one.open_incidents.as_slice() {
            [] => "nothing is known to be wrong with it".to_owned(),
            open => format!("open: {}", open.join(", ")),
        };
        format!("{} {}; {open}", one.workload.name(), if one.hard { hard } else { soft })
    };
    let below = below.iter().map(|one| line(one, "is needed", "helps"));
    let above = above.iter().map(|one| line(one, "fails with it", "gets worse with it"));
    below.chain(above).collect()
}

fn related(other: &ShownRelated) -> String {
    let lies = match other.relation {
        "depends-on" => "may be the cause",
        "dependant" => "may be an effect",
        _ => "hits the same",
    };
    let incident = &other.incident;
    format!("{} {} ({}, {}): {lies}", incident.severity, incident.title, incident.id, incident.status)
}

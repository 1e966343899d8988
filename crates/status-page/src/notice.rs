//! An incident as readers see it: what was said to them about it, and nothing else.

use evenkeel_engine::State;
use evenkeel_incident::{Incident, Update, UpdateStatus};
use evenkeel_model::{Plan, Readers, StatusPage};
use evenkeel_record::UpdateKind;
use evenkeel_time::Timestamp;

use crate::planned::slug;
use crate::reach::Reach;

/// So many updates of one incident are shown, the newest.
const SAID_MAX: usize = 50;

/// What was said about one incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What an address of it ends with.
    pub slug: String,
    /// The title of the first update.
    pub title: Box<str>,
    /// The titles of the components that are hit.
    pub components: Vec<Box<str>>,
    /// When the incident began.
    pub began: Timestamp,
    /// When it was over; `None`: it lasts.
    pub over: Option<Timestamp>,
    /// What was said, oldest first. Never empty.
    pub said: Vec<Said>,
    /// How many earlier updates are left out.
    pub left_out: usize,
}

/// One update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What tells it from all others.
    pub slug: String,
    /// When it was written.
    pub at: Timestamp,
    /// Whether it begins, goes on, or is over.
    pub kind: UpdateKind,
    /// Its title.
    pub title: Box<str>,
    /// What it says.
    pub text: Box<str>,
}

impl Said {
    /// Which of an incident's updates it is, for people.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.kind {
            UpdateKind::First => "First notice",
            UpdateKind::Progress => "Update",
            UpdateKind::Recovery => "Over",
        }
    }

    /// The same in JSON.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.kind {
            UpdateKind::First => "first",
            UpdateKind::Progress => "update",
            UpdateKind::Recovery => "recovery",
        }
    }
}

impl Notice {
    /// What was said last.
    #[must_use]
    pub fn last_said(&self) -> Option<&Said> {
        self.said.last()
    }
}

/// Every incident of which the page's audience was told anything, newest first.
pub(crate) fn of(state: &State, plan: &Plan, page: &StatusPage, reaches: &[Reach]) -> Vec<Notice> {
    let told = state.incident.incidents().filter_map(|incident| notice(state, plan, page, reaches, incident));
    let mut notices: Vec<Notice> = told.collect();
    notices.sort_by(|a, b| (b.began, &b.slug).cmp(&(a.began, &a.slug)));
    notices
}

/// Whether an update is shown on a page: it went to the page's audience, and, where everybody may look, to an audience
/// that is told as customers are. What others are told has the incident's own title, and words that are not for everybody.
#[must_use]
pub fn shows(plan: &Plan, page: &StatusPage, update: &Update) -> bool {
    let audience = || {
        let plan = plan.catalogue.communications.get(&update.communication)?;
        plan.audiences.iter().find(|audience| audience.name == update.audience)
    };
    let theirs = update.audience == page.audience && update.status == UpdateStatus::Sent;
    theirs && (page.readers != Readers::Public || audience().is_some_and(|audience| audience.customers))
}

fn notice(state: &State, plan: &Plan, page: &StatusPage, reaches: &[Reach], incident: &Incident) -> Option<Notice> {
    let updates = incident.updates.iter().filter_map(|id| state.incident.update(*id));
    let sent = updates.filter(|update| shows(plan, page, update));
    let name = incident.id.to_string();
    let mut said: Vec<Said> = sent
        .map(|update| Said {
            slug: slug(&[&page.name, &name, &update.id.to_string()]),
            at: update.created_at,
            kind: update.kind,
            title: update.title.clone(),
            text: update.text.clone(),
        })
        .collect();
    let title = said.first()?.title.clone();
    let left_out = said.len().saturating_sub(SAID_MAX);
    said.drain(..left_out);
    let hit = |reach: &Reach| incident.workload.as_ref().is_some_and(|workload| reach.hit_by(workload).is_some());
    let components = page.components.iter().zip(reaches).filter(|(_, reach)| hit(reach));
    Some(Notice {
        slug: slug(&[&page.name, &name]),
        title,
        components: components.map(|(component, _)| component.title.clone()).collect(),
        began: incident.opened_at,
        over: (!incident.active()).then(|| {
            incident.resolved.as_ref().map(|resolved| resolved.at).or(incident.closed_at).unwrap_or(incident.opened_at)
        }),
        said,
        left_out,
    })
}

//! One status page at one instant, as a value.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_engine::State;
use evenkeel_impact::Spell;
use evenkeel_model::{Hit, Maintenance, PageComponent, Plan, Readers, StatusPage};
use evenkeel_severity::Severity;
use evenkeel_time::{Duration, Timestamp};

use crate::outages::{Day, Stretch, day_of, days, lasting, outside, up_ppm};
use crate::reach::Reach;
use crate::{Condition, Notice, Planned, notice, planned};

/// An audience that no communication plan has is shown incidents from this severity on.
const FROM_SEVERITY: Severity = Severity::Sev3;
/// So many incidents that are over are shown, the newest.
const PAST_MAX: usize = 100;

/// One status page at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The document's name.
    pub name: Arc<str>,
    /// Its heading.
    pub title: Box<str>,
    /// What stands below; may be empty.
    pub description: Box<str>,
    /// Where readers find help.
    pub support: Option<Box<str>>,
    /// Whether everybody may look.
    pub public: bool,
    /// Whether subscribers can get mail.
    pub mails: bool,
    /// The instant that it is of.
    pub at: Timestamp,
    /// When the first record was made: part of what tells this page from those of others.
    pub first_at: Option<Timestamp>,
    /// How many days of history it shows.
    pub history_days: u32,
    /// The worst of its components.
    pub condition: Condition,
    /// Its components under their headings, in the order of the document.
    pub groups: Vec<Group>,
    /// What is said about incidents that last, newest first.
    pub current: Vec<Notice>,
    /// Planned work that is not over, by its beginning.
    pub planned: Vec<Planned>,
    /// What was said about incidents that are over, newest first.
    pub past: Vec<Notice>,
}

/// Components under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading, if any.
    pub title: Option<Box<str>>,
    /// In the order of the document. Never empty.
    pub components: Vec<Component>,
}

/// One component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Unique in the page.
    pub name: Arc<str>,
    /// What readers call it.
    pub title: Box<str>,
    /// What it is for; may be empty.
    pub description: Box<str>,
    /// How it is.
    pub condition: Condition,
    /// Since when, while it is not operational.
    pub since: Option<Timestamp>,
    /// The last days, oldest first.
    pub days: Vec<Day>,
    /// The share of the known time in which it worked. Units: millionths; `None`: nothing is known.
    pub up_ppm: Option<u32>,
}

/// What all components are judged by.
struct Judging<'a> {
    state: &'a State,
    plan: &'a Plan,
    page: &'a StatusPage,
    now: Timestamp,
    /// Planned work that readers are told of.
    works: Vec<&'a Maintenance>,
    /// What was hit and concerns the page's readers, by workload: of many components few are hit by any one.
    spells: BTreeMap<&'a Arc<str>, Vec<&'a Spell>>,
}

impl Board {
    /// The page as it is at an instant.
    #[must_use]
    pub fn of(state: &State, plan: &Plan, page: &StatusPage, now: Timestamp) -> Self {
        let reaches: Vec<Reach> =
            page.components.iter().map(|component| Reach::of(&plan.catalogue, component)).collect();
        let works = planned::told(plan, page, &reaches);
        let planned = planned::shown(&works, page, &reaches, now);
        let judging = Judging::new(state, plan, page, now, works);
        let mut groups: Vec<Group> = Vec::new();
        for (written, reach) in page.components.iter().zip(&reaches) {
            let component = judging.component(written, reach);
            match groups.iter_mut().find(|group| group.title == written.group) {
                Some(group) => group.components.push(component),
                None => groups.push(Group { title: written.group.clone(), components: vec![component] }),
            }
        }
        let oldest = day_of(now) - Duration::hours(24 * i64::from(page.history_days.saturating_sub(1)));
        let notices = notice::of(state, plan, page, &reaches);
        let (current, past): (Vec<_>, Vec<_>) = notices.into_iter().partition(|notice| notice.over.is_none());
        let past = past.into_iter().filter(|notice| notice.over.is_some_and(|over| over >= oldest));
        let components = groups.iter().flat_map(|group| &group.components);
        Self {
            name: page.name.clone(),
            title: page.title.clone(),
            description: page.description.clone(),
            support: page.support.clone(),
            public: page.readers == Readers::Public,
            mails: !page.mail.is_empty(),
            at: now,
            first_at: state.impact.first_at(),
            history_days: page.history_days,
            condition: components.map(|component| component.condition).max().unwrap_or(Condition::Operational),
            groups,
            current,
            planned,
            past: past.take(PAST_MAX).collect(),
        }
    }

    /// The components, in the order in which they stand.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        self.groups.iter().flat_map(|group| &group.components)
    }

    /// Whether another one says the same, whenever it was made.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let shown = |board: &Self| Self { at: Timestamp(0), groups: without_today(&board.groups), ..board.clone() };
        shown(self) == shown(other)
    }
}

/// What changes with every look, and is no news.
fn without_today(groups: &[Group]) -> Vec<Group> {
    let mut groups = groups.to_vec();
    for component in groups.iter_mut().flat_map(|group| &mut group.components) {
        component.up_ppm = None;
        if let Some(today) = component.days.last_mut() {
            (today.down_for, today.known_for) = (Duration::ZERO, Duration::ZERO);
        }
    }
    groups
}

impl<'a> Judging<'a> {
    fn new(
        state: &'a State,
        plan: &'a Plan,
        page: &'a StatusPage,
        now: Timestamp,
        works: Vec<&'a Maintenance>,
    ) -> Self {
        let plans = plan.catalogue.communications.values();
        let audiences: Vec<_> =
            plans.flat_map(|plan| &plan.audiences).filter(|audience| audience.name == page.audience).collect();
        // Whatever a document says of its audience, the public sees nothing that customers do not.
        let customers = page.readers == Readers::Public || audiences.iter().any(|audience| audience.customers);
        let from_severity = audiences.iter().map(|audience| audience.from_severity).max().unwrap_or(FROM_SEVERITY);
        let mut spells: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let concerns = |spell: &&Spell| spell.severity <= from_severity && (spell.customer_visible || !customers);
        for spell in state.impact.spells().filter(concerns) {
            if let Some(workload) = &spell.workload {
                spells.entry(workload).or_default().push(spell);
            }
        }
        Self { state, plan, page, now, works, spells }
    }

    /// How hard a spell's workload was hit, as far as the plan still says.
    fn hit(&self, spell: &Spell) -> Hit {
        self.plan.catalogue.response_plans.get(&spell.response_plan).map_or(Hit::Outage, |plan| plan.impact)
    }

    fn component(&self, written: &PageComponent, reach: &Reach) -> Component {
        let mut stretches = Vec::new();
        for (workload, spells) in &self.spells {
            let Some(whole) = reach.hit_by(workload) else { continue };
            // What fails while it is worked on is planned work.
            let works = self.works.iter().filter(|work| work.workloads.contains(workload));
            let windows: Vec<_> = works.map(|work| (work.starts, work.ends)).collect();
            for spell in spells {
                let until = spell.until.unwrap_or(Timestamp::MAX);
                let condition = Condition::of(spell, self.hit(spell), whole);
                stretches.extend(outside(Stretch { from: spell.from, until, condition }, &windows));
            }
        }
        let works = self.works.iter().filter(|work| work.workloads.iter().any(|one| reach.hit_by(one).is_some()));
        stretches.extend(works.map(|work| Stretch {
            from: work.starts,
            until: work.ends,
            condition: Condition::Maintenance,
        }));
        let lasting = lasting(&stretches, self.now);
        let days = days(&stretches, self.state.impact.known_since(), self.now, self.page.history_days);
        Component {
            name: written.name.clone(),
            title: written.title.clone(),
            description: written.description.clone(),
            condition: lasting.map_or(Condition::Operational, |(condition, _)| condition),
            since: lasting.map(|(_, since)| since),
            up_ppm: up_ppm(&days),
            days,
        }
    }
}

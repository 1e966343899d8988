//! What being on call took of people in the last four weeks.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::Schedule;
use evenkeel_time::{Duration, WeeklyWindow, Zone};

use crate::Asked;
use crate::incident_named::Named;

/// So far back is looked.
const BACK: Duration = Duration::hours(28 * 24);
/// On a person's own wall clock.
const NIGHT: WeeklyWindow = WeeklyWindow { weekdays: 0b111_1111, start: 22 * 60, end: 6 * 60 };

/// What it took of one person.
#[derive(Debug)]
pub(crate) struct Load {
    pub(crate) person: Named,
    /// Whole hours on call.
    pub(crate) hours: i64,
    pub(crate) nights: u32,
    pub(crate) weekend_days: u32,
    pub(crate) pages: u32,
    pub(crate) night_pages: u32,
}

/// Of those who were on call on these schedules, and of these people; who had most to bear first.
pub(crate) fn loads(asked: &Asked<'_>, root: &str, schedules: &[&Schedule], people: &[&Arc<str>]) -> Vec<Load> {
    let (plan, state) = (asked.engine.plan(), asked.engine.state());
    let from = asked.now.saturating_add(Duration::ZERO - BACK);
    let mut time = evenkeel_oncall::load(plan, &state.oncall, schedules.iter().copied(), from, asked.now);
    for person in people {
        time.entry(Arc::clone(person)).or_default();
    }
    let mut pages: BTreeMap<&Arc<str>, (u32, u32)> = BTreeMap::new();
    for page in state.incident.pages().filter(|page| page.opened_at >= from) {
        if let DocumentRef::Person(name) = &page.to
            && time.contains_key(name)
        {
            let zone = plan.catalogue.people.get(name).map_or(Zone::UTC, |person| person.zone.clone());
            let (all, night) = pages.entry(name).or_default();
            *all += 1;
            *night += u32::from(NIGHT.contains(&zone, page.opened_at));
        }
    }
    let load = |(name, load): (&Arc<str>, &evenkeel_oncall::Load)| {
        let (all, night) = pages.get(name).copied().unwrap_or_default();
        Load {
            person: Named::person(root, name),
            hours: load.time.0 / Duration::hours(1).0,
            nights: load.nights,
            weekend_days: load.weekend_days,
            pages: all,
            night_pages: night,
        }
    };
    let mut all: Vec<Load> = time.iter().map(load).collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.night_pages, one.pages, one.hours)));
    all
}

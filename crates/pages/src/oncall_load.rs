//! What being on call took of each person lately.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_model::Plan;
use evenkeel_oncall::Load;
use evenkeel_time::{Duration, Timestamp, Zone};

use crate::Asked;
use crate::alerts_text::clipped;
use crate::record_links::leads_to;

/// So far is looked back. Units: days.
pub(crate) const DAYS: i64 = 28;
/// So many people are listed.
const PEOPLE_MAX: usize = 40;
/// Nights are from 22:00 to 06:00 on the person's own wall clock. Units: minutes of the day.
const NIGHT: (u16, u16) = (22 * 60, 6 * 60);

/// What it took of one person.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) href: Option<String>,
    pub(crate) hours: String,
    pub(crate) nights: u32,
    pub(crate) weekend_days: u32,
    pub(crate) pages: u32,
    pub(crate) night_pages: u32,
}

#[derive(Debug, Default)]
struct Counted {
    load: Load,
    pages: u32,
    night_pages: u32,
}

/// Who had most of it comes first; and how many are left out.
pub(crate) fn load(asked: &Asked<'_>) -> (Vec<Line>, usize) {
    let (plan, state) = (asked.engine.plan(), asked.engine.state());
    let from = asked.now - Duration::hours(24 * DAYS);
    let schedules = plan.catalogue.schedules.values();
    let loads = evenkeel_oncall::load(plan, &state.oncall, schedules, from, asked.now);
    let mut people: BTreeMap<Arc<str>, Counted> =
        loads.into_iter().map(|(name, load)| (name, Counted { load, ..Counted::default() })).collect();
    for page in state.incident.pages().filter(|page| page.opened_at >= from) {
        if let DocumentRef::Person(name) = &page.to {
            let counted = people.entry(name.clone()).or_default();
            counted.pages += 1;
            counted.night_pages += u32::from(at_night(plan, name, page.opened_at));
        }
    }
    let mut sorted: Vec<_> = people.into_iter().collect();
    sorted.sort_by_key(|(name, one)| (Reverse((one.night_pages, one.load.nights, one.pages)), name.clone()));
    let more = sorted.len().saturating_sub(PEOPLE_MAX);
    let line = |(name, one): (Arc<str>, Counted)| Line {
        href: leads_to(asked.engine, &format!("person:{name}")),
        name: clipped(&name, 80),
        hours: format!("{:.0}", one.load.hours()),
        nights: one.load.nights,
        weekend_days: one.load.weekend_days,
        pages: one.pages,
        night_pages: one.night_pages,
    };
    (sorted.into_iter().take(PEOPLE_MAX).map(line).collect(), more)
}

fn at_night(plan: &Plan, person: &str, at: Timestamp) -> bool {
    let zone = plan.catalogue.people.get(person).map_or(Zone::UTC, |person| person.zone.clone());
    let minute = zone.civil(at).minute;
    minute >= NIGHT.0 || minute < NIGHT.1
}

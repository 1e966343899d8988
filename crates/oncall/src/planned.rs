//! Plans, people and schedules for the tests of this crate.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_model::{
    Catalogue, EscalationPolicy, FileReceiver, Integration, LastResort, Layer, Person, Plan, Receiver, RouteTree,
    Schedule, Shift, Transport,
};
use evenkeel_record::{Actor, Body, Origin, OverrideSet, Record};
use evenkeel_time::{Civil, Duration, Timestamp, WeeklyWindow, Zone};

use crate::State;

pub(crate) const EVERY_DAY: u8 = 0b111_1111;

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(crate) fn zone(name: &str) -> Zone {
    Zone::named(name).expect("bundled")
}

/// Of 2026.
pub(crate) fn civil(month: u8, day: u8, hour: u16) -> Civil {
    Civil { year: 2026, month, day, minute: hour * 60 }
}

pub(crate) fn names(people: &[&str]) -> Vec<Arc<str>> {
    people.iter().map(|person| Arc::from(*person)).collect()
}

/// Hours of every day.
pub(crate) fn hours(start: u16, end: u16) -> WeeklyWindow {
    WeeklyWindow { weekdays: EVERY_DAY, start: start * 60, end: end * 60 }
}

/// One person a turn.
pub(crate) fn layer(name: &str, zone_name: &str, start: Civil, shift: Shift, people: &[&str]) -> Layer {
    let turns = people.iter().map(|person| names(&[person])).collect();
    Layer { name: name.into(), zone: zone(zone_name), start, end: None, shift, turns, restrictions: vec![] }
}

pub(crate) fn schedule(layers: Vec<Layer>) -> Schedule {
    Schedule { name: "primary".into(), zone: Zone::UTC, layers, overrides: vec![] }
}

/// Ada, bob and cyd in Berlin, by weeks from Monday, 5 January, nine o'clock.
pub(crate) fn weekly() -> Schedule {
    schedule(vec![layer("weekly", "Europe/Berlin", civil(1, 5, 9), Shift::Weeks(1), &["ada", "bob", "cyd"])])
}

pub(crate) fn person(name: &str, zone_name: &str) -> Person {
    let contact = |name: &str| {
        let transport = Transport::File(FileReceiver { path: "pages.jsonl".into() });
        (Arc::from(name), Integration { name: name.into(), send_resolved: true, transport })
    };
    Person {
        name: name.into(),
        full_name: None,
        zone: zone(zone_name),
        contacts: BTreeMap::from([contact("mail"), contact("phone")]),
        notify: vec![],
        quiet_hours: vec![],
    }
}

pub(crate) fn policy(name: &str) -> EscalationPolicy {
    let acknowledge_for = Duration::hours(1);
    EscalationPolicy { name: name.into(), steps: vec![], repeat: 0, acknowledge_for, without_asking: vec![] }
}

/// Ada, bob and cyd in Berlin, dan in New York, the schedule of weeks, and a receiver.
pub(crate) fn plan() -> Plan {
    let people =
        [("ada", "Europe/Berlin"), ("bob", "Europe/Berlin"), ("cyd", "Europe/Berlin"), ("dan", "America/New_York")];
    let catalogue = Catalogue {
        people: people.into_iter().map(|(name, zone)| (name.into(), person(name, zone))).collect(),
        schedules: BTreeMap::from([("primary".into(), weekly())]),
        ..Catalogue::default()
    };
    Plan {
        hash: PlanHash([1; 32]),
        commit: None,
        resolve_timeout: Duration::minutes(5),
        routes: RouteTree { routes: vec![] },
        receivers: BTreeMap::from([("ops".into(), Receiver { name: "ops".into(), integrations: vec![] })]),
        inhibit_rules: vec![],
        time_intervals: BTreeMap::new(),
        probes: vec![],
        heartbeats: vec![],
        expected_alerts: vec![],
        last_resort: LastResort { receiver: "ops".into(), policy: None },
        priorities: vec![],
        catalogue,
    }
}

pub(crate) fn record(seq: u64, at: Timestamp, body: Body) -> Record {
    let (actor, origin, plan) = (Actor::system(), Origin::Reported, PlanHash([1; 32]));
    Record { seq: Seq(seq), at, actor, origin, plan, body }
}

/// An override of the schedule `primary`, as its record has it.
pub(crate) fn set(from: &str, until: &str, person: &str, replaces: Option<&str>) -> OverrideSet {
    OverrideSet {
        schedule: "primary".into(),
        from: at(from),
        until: at(until),
        person: person.into(),
        replaces: replaces.map(Arc::from),
        reason: "".into(),
    }
}

/// Overrides as if set one after the other on 1 January, with ids from 1.
pub(crate) fn overrides(all: impl IntoIterator<Item = OverrideSet>) -> State {
    let mut state = State::default();
    for (seq, body) in (1..).zip(all) {
        state.apply(&record(seq, at("2026-01-01T00:00:00Z"), Body::OverrideSet(body)));
    }
    state
}

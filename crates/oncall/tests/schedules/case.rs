//! Random schedules around changes of the clocks, with overrides and the instants that are worth asking about.

use std::sync::Arc;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_model::{Layer, Schedule, ScheduleOverride, Shift};
use evenkeel_oncall::State;
use evenkeel_record::{Actor, Body, Origin, OverrideSet, Record};
use evenkeel_time::{Civil, Duration, Timestamp, WeeklyWindow, Zone};

use crate::random::Random;
use crate::zones::Clock;

pub(crate) struct Case {
    pub(crate) schedule: Schedule,
    pub(crate) overrides: State,
    pub(crate) instants: Vec<Timestamp>,
}

const PEOPLE: [&str; 6] = ["ada", "bob", "cyd", "dan", "eve", "fay"];
const INSTANTS: usize = 200;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// The instants lie this far around the middle of the case.
const AROUND: i64 = 6 * DAY;

impl Case {
    pub(crate) fn random(random: &mut Random, clocks: &[Clock]) -> Self {
        let clock = random.pick(clocks);
        let middle = match clock.changes.is_empty() || random.percent(25) {
            true => random.between(clock.from.0, clock.until.0),
            false => random.pick(&clock.changes).0,
        };
        let middle = Timestamp(middle.clamp(clock.from.0 + 20 * DAY, clock.until.0 - 21 * DAY));
        let others: Vec<&Clock> = clocks.iter().filter(|clock| clock.reaches(middle)).collect();
        let layers: Vec<Layer> = (0..=random.below::<usize>(4))
            .map(|number| {
                let clock = if random.percent(70) { clock } else { random.pick(&others) };
                layer(random, number, &clock.zone, middle)
            })
            .collect();
        let written = (0..random.below::<usize>(4)).map(|_| written(random, middle)).collect();
        let schedule = Schedule { name: "primary".into(), zone: clock.zone.clone(), layers, overrides: written };
        let mut overrides = State::default();
        for number in 0..random.below::<u64>(4) {
            overrides.apply(&set(random, Seq(number + 1), middle));
        }
        let instants = instants(random, &schedule, &overrides, clock, middle);
        Self { schedule, overrides, instants }
    }
}

fn layer(random: &mut Random, number: usize, zone: &Zone, middle: Timestamp) -> Layer {
    let (shift, before) = match random.below::<u8>(6) {
        0 => (Shift::Hours(random.between(1, 6).try_into().expect("small")), 3),
        1 | 2 => (Shift::Hours(random.between(6, 60).try_into().expect("small")), 30),
        3 | 4 => (Shift::Days(random.between(1, 9).try_into().expect("small")), 200),
        _ => (Shift::Weeks(random.between(1, 4).try_into().expect("small")), 400),
    };
    let begins = Timestamp(middle.0 - random.between(-3 * DAY, before * DAY));
    let start = Civil { minute: minute(random), ..zone.civil(begins) };
    let length = random.between(1, 10 * 24 * 60);
    let end = random.percent(25).then(|| zone.civil(Timestamp(middle.0 - 4 * DAY)).plus_minutes(length));
    let turns = (0..random.between(1, 6)).map(|_| people(random)).collect();
    let restricted = if random.percent(50) { random.between(1, 4) } else { 0 };
    Layer {
        name: format!("l{number}").into(),
        zone: zone.clone(),
        start,
        end: end.filter(|end| start < *end),
        shift,
        turns,
        restrictions: (0..restricted).map(|_| window(random)).collect(),
    }
}

/// A time of day, more often than not one that changes of the clocks touch.
fn minute(random: &mut Random) -> u16 {
    match random.below::<u8>(4) {
        0 => random.below(1440),
        1 => random.below::<u16>(48) * 30,
        2 => random.below::<u16>(8) * 30,
        _ => random.below::<u16>(24) * 60,
    }
}

fn window(random: &mut Random) -> WeeklyWindow {
    let weekdays = if random.percent(40) { 0b111_1111 } else { random.below::<u8>(127) + 1 };
    let end = if random.percent(20) { 1440 } else { minute(random) };
    WeeklyWindow { weekdays, start: minute(random), end }
}

fn people(random: &mut Random) -> Vec<Arc<str>> {
    let count = if random.percent(70) { 1 } else { random.between(2, 4) };
    let mut people: Vec<Arc<str>> = (0..count).map(|_| Arc::from(*random.pick(&PEOPLE))).collect();
    people.dedup();
    people
}

fn somebody(random: &mut Random) -> Arc<str> {
    Arc::from(*random.pick(&PEOPLE))
}

fn while_of(random: &mut Random, middle: Timestamp) -> (Timestamp, Timestamp) {
    let grid = *random.pick(&[1, MINUTE, HOUR]);
    let from = random.between(-AROUND / grid, AROUND / grid) * grid;
    let length = random.between(1, 4 * DAY / grid) * grid;
    (Timestamp(middle.0 + from), Timestamp(middle.0 + from + length))
}

fn replaces(random: &mut Random) -> Option<Arc<str>> {
    random.percent(50).then(|| somebody(random))
}

fn written(random: &mut Random, middle: Timestamp) -> ScheduleOverride {
    let (from, until) = while_of(random, middle);
    ScheduleOverride { from, until, people: people(random), replaces: replaces(random) }
}

fn set(random: &mut Random, seq: Seq, middle: Timestamp) -> Record {
    let (from, until) = while_of(random, middle);
    let (person, replaces) = (somebody(random), replaces(random));
    let body = OverrideSet { schedule: "primary".into(), from, until, person, replaces, reason: "".into() };
    Record {
        seq,
        at: middle - Duration::hours(30 * 24),
        actor: Actor::system(),
        origin: Origin::Reported,
        plan: PlanHash([0; 32]),
        body: Body::OverrideSet(body),
    }
}

/// Around hand-overs, ends of windows and overrides, and changes of the clocks; some anywhere.
fn instants(
    random: &mut Random,
    schedule: &Schedule,
    overrides: &State,
    clock: &Clock,
    middle: Timestamp,
) -> Vec<Timestamp> {
    let (from, until) = (Timestamp(middle.0 - AROUND), Timestamp(middle.0 + AROUND));
    let mut edges: Vec<Timestamp> = clock.changes.iter().copied().filter(|at| from <= *at && *at <= until).collect();
    edges.extend(schedule.overrides.iter().flat_map(|each| [each.from, each.until]));
    edges.extend(overrides.overrides().flat_map(|each| [each.from, each.until]));
    for layer in &schedule.layers {
        edges.extend(hand_overs(layer, from, until));
        edges.extend(layer.end.map(|end| layer.zone.instant(end)));
        let windows = layer.restrictions.iter().flat_map(|window| window.instants(&layer.zone, from, until));
        edges.extend(windows.flat_map(|(from, until)| [from, until]));
    }
    let near = [0, 0, 0, -1, -1, 1, MINUTE, -MINUTE, HOUR / 2, -HOUR / 2, HOUR, -HOUR];
    let mut asked: Vec<Timestamp> = (0..INSTANTS)
        .map(|_| match edges.is_empty() || random.percent(15) {
            true => Timestamp(random.between(from.0, until.0)),
            false => Timestamp(random.pick(&edges).0 + random.pick(&near)),
        })
        .collect();
    asked.retain(|at| from <= *at && *at <= until);
    asked.resize(INSTANTS, middle);
    asked
}

/// Some times of hand-over between two instants: they need not be right, only near.
fn hand_overs(layer: &Layer, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    let every = match layer.shift {
        Shift::Hours(count) => i64::from(count) * 60,
        Shift::Days(count) => i64::from(count) * 24 * 60,
        Shift::Weeks(count) => i64::from(count) * 7 * 24 * 60,
    };
    let start = layer.start.minute_number();
    let number = |at| ((layer.zone.civil(at).minute_number() - start) / every).max(0);
    (number(from)..=number(until) + 1)
        .map(|number| layer.zone.instant(layer.start.plus_minutes(number * every)))
        .collect()
}

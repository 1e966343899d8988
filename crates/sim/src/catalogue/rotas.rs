//! Generated people and schedules, in zones whose clocks change while they are looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_model::{
    HttpOptions, Integration, Layer, NotificationRule, Person, QuietHours, Schedule, ScheduleOverride, SecretRef,
    Shift, Transport, WebhookReceiver,
};
use evenkeel_severity::Severity;
use evenkeel_time::{Civil, Duration, Timestamp, WeeklyWindow, Zone};

use crate::clock::{HOUR, MINUTE};
use crate::random::Random;

pub(crate) const PEOPLE: [&str; 6] = ["p0", "p1", "p2", "p3", "p4", "p5"];
pub(crate) const SCHEDULES: [&str; 3] = ["s0", "s1", "s2"];
const CONTACTS: [&str; 3] = ["phone", "mail", "chat"];
const ZONES: [&str; 5] = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"];
/// Worlds begin up to two days before one of these: an ordinary day, and changes of the clocks of some zone.
const DAYS: [(i16, u8, u8); 6] =
    [(2026, 1, 7), (2026, 3, 8), (2026, 3, 29), (2026, 4, 5), (2026, 10, 4), (2026, 10, 25)];

/// When a world begins.
pub(crate) fn beginning(random: &mut Random) -> Timestamp {
    let (year, month, day) = *random.pick(&DAYS);
    let midnight = Zone::UTC.instant(Civil { year, month, day, minute: 0 });
    midnight - Duration(random.between(0, 48 * HOUR))
}

fn zone(random: &mut Random) -> Zone {
    Zone::named(random.pick::<&str>(&ZONES)).expect("these are in the bundled data")
}

pub(crate) fn person(name: &str, random: &mut Random) -> Person {
    let mut contacts: BTreeMap<Arc<str>, Integration> = BTreeMap::new();
    for contact in CONTACTS.iter().take(random.below(3) + 1) {
        contacts.insert((*contact).into(), way(name, contact));
    }
    if random.chance(30) {
        contacts.clear();
    }
    let names: Vec<Arc<str>> = contacts.keys().cloned().collect();
    let mut notify: Vec<NotificationRule> = Vec::new();
    for _ in 0..random.between(0, 4).min(4 * i64::try_from(names.len()).unwrap_or(0)) {
        let severities = if random.chance(300) { severities(random) } else { Vec::new() };
        let after = Duration::minutes(*random.pick(&[0, 0, 0, 1, 2, 5]));
        notify.push(NotificationRule { contact: random.pick(&names).clone(), after, severities });
    }
    notify.sort_by_key(|rule| rule.after);
    let quiet =
        (0..random.between(0, 5) - 3).map(|_| QuietHours { window: window(random), severities: severities(random) });
    let quiet_hours = quiet.collect();
    Person { name: name.into(), full_name: None, zone: zone(random), contacts, notify, quiet_hours }
}

fn way(person: &str, contact: &str) -> Integration {
    let transport = Transport::Webhook(WebhookReceiver {
        url: SecretRef::inline(format!("http://{contact}.example/{person}")),
        max_alerts: 0,
        timeout: None,
        http: HttpOptions::default(),
    });
    Integration { name: contact.into(), send_resolved: true, transport }
}

fn severities(random: &mut Random) -> Vec<Severity> {
    let from = random.below(5);
    Severity::ALL.iter().skip(from).copied().collect()
}

fn window(random: &mut Random) -> WeeklyWindow {
    let minute =
        |random: &mut Random| u16::try_from(random.between(0, 23) * 60 + 30 * random.between(0, 1)).unwrap_or(0);
    let weekdays = if random.chance(600) { 0x7f } else { u8::try_from(random.between(1, 0x7f)).unwrap_or(0x7f) };
    WeeklyWindow { weekdays, start: minute(random), end: minute(random) }
}

pub(crate) fn schedule(name: &str, start: Timestamp, random: &mut Random) -> Schedule {
    let layers = (0..random.between(1, 3)).map(|number| layer(&format!("l{number}"), start, random)).collect();
    let overrides = (0..random.between(0, 3) - 1).map(|_| written(start, random)).collect();
    Schedule { name: name.into(), zone: zone(random), layers, overrides }
}

/// A time so many days before the world begins, or after.
fn near(start: Timestamp, random: &mut Random, days_before: i64, days_after: i64) -> Civil {
    let start = Zone::UTC.civil(start);
    let midnight = start.plus_minutes(-i64::from(start.minute));
    midnight.plus_minutes(random.between(-24 * days_before, 24 * days_after) * 60 + *random.pick(&[0, 0, 30]))
}

fn layer(name: &str, at: Timestamp, random: &mut Random) -> Layer {
    let shift = match random.below(4) {
        0..2 => Shift::Hours(u32::try_from(random.between(1, 12)).unwrap_or(1)),
        2 => Shift::Days(u32::try_from(random.between(1, 3)).unwrap_or(1)),
        _ => Shift::Weeks(1),
    };
    let start = match shift {
        Shift::Hours(_) => near(at, random, 8, 0),
        Shift::Days(_) | Shift::Weeks(_) => near(at, random, 30, 0),
    };
    let end = random.chance(100).then(|| near(at, random, 0, 3));
    let people = |random: &mut Random| {
        let count = if random.chance(200) { 2 } else { 1 };
        (0..count).map(|_| (*random.pick(&PEOPLE)).into()).collect()
    };
    let turns = (0..random.between(1, 4)).map(|_| people(random)).collect();
    let restrictions = (0..random.between(0, 4) - 2).map(|_| window(random)).collect();
    Layer { name: name.into(), zone: zone(random), start, end, shift, turns, restrictions }
}

fn written(start: Timestamp, random: &mut Random) -> ScheduleOverride {
    let from = Zone::UTC.instant(near(start, random, 1, 3));
    ScheduleOverride {
        from,
        until: from + Duration(random.between(30, 12 * 60) * MINUTE),
        people: vec![(*random.pick(&PEOPLE)).into()],
        replaces: random.chance(400).then(|| (*random.pick(&PEOPLE)).into()),
    }
}

//! How fast a year of on-call cover is judged: `cargo run --release -p evenkeel-check --example coverage_speed`.
//!
//! 500 schedules of three layers with restrictions, in three zones, each paged by a policy. The figure is for everything
//! that `check` says, best of five rounds: once with contacts for all, and once without any, when turns are followed one
//! by one to find the hours of people who cannot be reached.

#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

use std::collections::{BTreeMap, BTreeSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use evenkeel_check::{Repo, check};
use evenkeel_diagnostic::{SourceId, Span, Spanned};
use evenkeel_model::document::{
    ContactDocument, Declared, Documents, IntegrationDocument, LayerDocument, Name, PersonDocument, PolicyDocument,
    ScheduleDocument, StepDocument, TransportDocument,
};
use evenkeel_model::{Catalogue, EscalationPolicy, EscalationStep, FileReceiver, Layer, Person, Schedule, Shift};
use evenkeel_time::{Civil, Timestamp, UnknownZone, WeeklyWindow, Zone};

const SCHEDULES: usize = 500;
const PEOPLE: [&str; 9] = ["ada", "bob", "cyd", "dan", "eve", "fay", "gus", "hal", "ida"];
const NOWHERE: Span = Span { source: SourceId(0), start: 0, end: 0 };
const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn main() -> Result<(), UnknownZone> {
    for (what, contacts) in [("all have contacts", true), ("nobody has a contact", false)] {
        let (documents, catalogue) = repo(contacts)?;
        let paths = BTreeSet::new();
        let repo = Repo::new(&documents, &catalogue, None, &paths, NOW);
        let found = check(&repo);
        let round = || {
            let begun = Instant::now();
            black_box(check(&repo));
            begun.elapsed()
        };
        let best = (0..5).map(|_| round()).min().unwrap_or(Duration::ZERO);
        let uncovered = found.iter().filter(|diag| diag.code == "uncovered-hours").count();
        println!("{what}: {SCHEDULES} schedules, a year each: {best:.1?}; {uncovered} have uncovered hours");
        if let Some(first) = found.iter().find(|diag| diag.code == "uncovered-hours") {
            println!("  {}\n  {}", first.headline, first.primary.message);
        }
    }
    Ok(())
}

fn repo(contacts: bool) -> Result<(Documents, Catalogue), UnknownZone> {
    let (mut documents, mut catalogue) = (Documents::default(), Catalogue::default());
    for name in PEOPLE {
        catalogue.people.insert(name.into(), person(name));
        let contacts = if contacts { vec![contact()] } else { Vec::new() };
        let spec =
            PersonDocument { full_name: None, zone: Zone::UTC, contacts, notify: Vec::new(), quiet_hours: Vec::new() };
        documents.people.push(Declared { name: Spanned::new(name.into(), NOWHERE), owner: None, spec });
    }
    for number in 0..SCHEDULES {
        let name = format!("schedule-{number}");
        let layers = layers()?;
        let zone = Zone::named("Europe/Berlin")?;
        documents.schedules.push(Declared {
            name: Spanned::new(name.as_str().into(), Span { start: u32::try_from(number).unwrap_or(0), ..NOWHERE }),
            owner: None,
            spec: ScheduleDocument {
                zone: zone.clone(),
                layers: layers.iter().map(written).collect(),
                overrides: Vec::new(),
            },
        });
        let schedule = Schedule { name: name.as_str().into(), zone, layers, overrides: Vec::new() };
        catalogue.schedules.insert(name.as_str().into(), schedule);
        add_policy(&name, &mut documents, &mut catalogue);
    }
    Ok((documents, catalogue))
}

fn add_policy(name: &str, documents: &mut Documents, catalogue: &mut Catalogue) {
    let target = format!("schedule:{name}");
    let wait = evenkeel_time::Duration::minutes(5);
    let to = vec![Spanned::new(target.as_str().into(), NOWHERE)];
    let spec = PolicyDocument {
        steps: vec![StepDocument { to, wait }],
        repeat: 0,
        acknowledge_for: wait,
        without_asking: Vec::new(),
    };
    documents.policies.push(Declared { name: Spanned::new(name.into(), NOWHERE), owner: None, spec });
    let steps = vec![EscalationStep { to: target.parse().into_iter().collect(), wait }];
    let policy =
        EscalationPolicy { name: name.into(), steps, repeat: 0, acknowledge_for: wait, without_asking: Vec::new() };
    catalogue.policies.insert(name.into(), policy);
}

fn contact() -> ContactDocument {
    let transport = TransportDocument::File(FileReceiver { path: "pages.jsonl".into() });
    let integration =
        IntegrationDocument { name: "phone".into(), span: NOWHERE, send_resolved: true, http: None, transport };
    ContactDocument { name: Spanned::new("phone".into(), NOWHERE), integration }
}

fn person(name: &str) -> Person {
    Person {
        name: name.into(),
        full_name: None,
        zone: Zone::UTC,
        contacts: BTreeMap::new(),
        notify: Vec::new(),
        quiet_hours: Vec::new(),
    }
}

fn layers() -> Result<Vec<Layer>, UnknownZone> {
    let (workdays, every_day) = (0b011_1110, 0b111_1111);
    let [one, two, three] = [(workdays, 8, 20), (every_day, 22, 6), (workdays, 9, 17)]
        .map(|(weekdays, start, end): (u8, u16, u16)| WeeklyWindow { weekdays, start: start * 60, end: end * 60 });
    Ok(vec![
        layer("weekly", "Europe/Berlin", Shift::Weeks(1), one)?,
        layer("nights", "America/New_York", Shift::Days(1), two)?,
        layer("sun", "Australia/Sydney", Shift::Hours(12), three)?,
    ])
}

fn layer(name: &str, zone: &str, shift: Shift, restriction: WeeklyWindow) -> Result<Layer, UnknownZone> {
    Ok(Layer {
        name: name.into(),
        zone: Zone::named(zone)?,
        start: Civil { year: 2026, month: 1, day: 5, minute: 540 },
        end: None,
        shift,
        turns: PEOPLE.iter().map(|person| vec![(*person).into()]).collect(),
        restrictions: vec![restriction],
    })
}

fn written(layer: &Layer) -> LayerDocument {
    let name = |text: &std::sync::Arc<str>| -> Name { Spanned::new(text.clone(), NOWHERE) };
    LayerDocument {
        name: name(&layer.name),
        zone: layer.zone.clone(),
        start: layer.start,
        end: layer.end,
        shift: layer.shift,
        turns: layer.turns.iter().map(|turn| turn.iter().map(name).collect()).collect(),
        restrictions: layer.restrictions.clone(),
    }
}

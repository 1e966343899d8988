//! Random schedules: against an independent oracle, and against what must hold of any schedule.

#![expect(clippy::print_stdout, reason = "a test that asks nobody says why")]

mod case;
mod oracle;
mod properties;
mod random;
mod zones;

use evenkeel_oncall::on_call;

use case::Case;
use random::Random;
use zones::{Clock, ZONES};

const SEED: u64 = 0x0ca1_1ed2;
const CASES: usize = 10_000;

fn clocks() -> Vec<Clock> {
    ZONES.iter().map(|name| Clock::of(name)).collect()
}

#[test]
fn who_is_on_call_is_as_an_independent_oracle_says() {
    let clocks = match comparable(clocks()) {
        Ok(found) => found,
        Err(lacking) => return println!("skipped: {lacking}"),
    };
    let mut random = Random(SEED);
    let cases: Vec<Case> = (0..CASES).map(|_| Case::random(&mut random, &clocks)).collect();
    let (first, second) = cases.split_at(CASES / 2);
    let answers = std::thread::scope(|scope| {
        let other = scope.spawn(|| oracle::ask(&[], second));
        let first = oracle::ask(&[], first).expect("it answered before").cases;
        let second = other.join().expect("no panic").expect("it answered before").cases;
        first.into_iter().chain(second).collect::<Vec<_>>()
    });
    assert_eq!(answers.len(), CASES);
    for (number, (case, wanted)) in cases.iter().zip(&answers).enumerate() {
        assert_eq!(case.instants.len(), wanted.len());
        for (at, wanted) in case.instants.iter().zip(wanted) {
            let found = oracle::answer(&on_call(&case.schedule, &case.overrides, *at));
            assert_eq!(found, *wanted, "case {number} at {at}: {:#?} {:#?}", case.schedule, case.overrides);
        }
    }
}

/// The clocks as far as both know the same of them: the zone data of the machine may be older or newer than ours.
fn comparable(clocks: Vec<Clock>) -> Result<Vec<Clock>, String> {
    let known = oracle::ask(&ZONES, &[])?.zones;
    if known.values().all(|zone| zone.as_ref().is_none_or(|changes| changes.len() < 2)) {
        return Err("python3 finds no time zones; Debian has them in the package `tzdata`".to_owned());
    }
    let mut found = Vec::new();
    for clock in clocks {
        let name = clock.zone.name().to_owned();
        let Some(Some(known)) = known.get(&name) else {
            println!("{name} is left out: python3 does not have it");
            continue;
        };
        let (clock, differs) = clock.cut_where_it_differs(known);
        if let Some(at) = differs {
            println!("{name} is left out from {at} on: the data of python3 say otherwise there");
        }
        found.push(clock);
    }
    Ok(found)
}

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
    let (clocks, left_out) = match comparable(clocks()) {
        Ok(found) => found,
        Err(lacking) => return println!("skipped: {lacking}"),
    };
    println!("left out, since its data differ: {left_out:?}");
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

/// The clocks of which both know the same, and the names of the others.
fn comparable(clocks: Vec<Clock>) -> Result<(Vec<Clock>, Vec<String>), String> {
    let known = oracle::ask(&ZONES, &[])?.zones;
    let same = |clock: &Clock| known.get(clock.zone.name()).is_some_and(|known| known.as_ref() == Some(&clock.offsets));
    let (same, differing): (Vec<Clock>, Vec<Clock>) = clocks.into_iter().partition(same);
    if known.values().all(Option::is_none) {
        return Err("python3 finds no time zones; Debian has them in the package `tzdata`".to_owned());
    }
    let left_out = differing.iter().map(|clock| clock.zone.name().to_owned()).collect();
    Ok((same, left_out))
}

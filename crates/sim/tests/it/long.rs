//! Many seeds, many hours.
#![expect(clippy::disallowed_methods, reason = "measures its own speed; nothing in a run sees that clock")]
#![expect(clippy::print_stdout, reason = "the speed is worth knowing")]

use std::time::Instant;

use evenkeel_sim::{Finished, Random, Scenario};

const HOURS_PER_SEED: i64 = 50;
const SEEDS: usize = 100;

/// Runs so many seeds, and says what they came to.
fn hold(what: &str, mut seeds: Random, scenario: impl Fn(u64) -> Scenario) {
    let begun = Instant::now();
    let mut sum = Finished::default();
    let mut records = 0;
    for _ in 0..SEEDS {
        match scenario(seeds.draw()).run() {
            Ok(finished) => {
                records += finished.sealed.len();
                sum.notices += finished.notices;
                sum.incidents += finished.incidents;
                sum.pages += finished.pages;
                sum.starts += finished.starts;
            }
            Err(failed) => panic!("{failed}"),
        }
    }
    let Finished { notices, incidents, pages, starts, .. } = sum;
    let speed = 5000.0 / begun.elapsed().as_secs_f64();
    println!(
        "5000 hours {what}: {records} records, {notices} notices, {incidents} incidents, {pages} pages, \
         {starts} starts; {speed:.0} hours/s"
    );
}

#[test]
fn five_thousand_hours() {
    hold("without people", Random::new(0x0e7e_17ee), |seed| Scenario::new(seed, HOURS_PER_SEED));
}

#[test]
fn five_thousand_hours_with_people() {
    hold("with people", Random::new(0x9e09_13ee), |seed| Scenario::with_people(seed, HOURS_PER_SEED));
}

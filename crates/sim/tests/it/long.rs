//! Many seeds, many hours.
#![expect(clippy::disallowed_methods, reason = "measures its own speed; nothing in a run sees that clock")]
#![expect(clippy::print_stdout, reason = "the speed is worth knowing")]

use std::time::Instant;

use evenkeel_sim::{Random, Scenario};

const HOURS_PER_SEED: i64 = 50;
const SEEDS: usize = 200;

#[test]
fn ten_thousand_hours() {
    let begun = Instant::now();
    let mut seeds = Random::new(0x0e7e_17ee);
    let (mut records, mut notices, mut starts) = (0, 0, 0);
    for _ in 0..SEEDS {
        match Scenario::new(seeds.draw(), HOURS_PER_SEED).run() {
            Ok(finished) => {
                records += finished.sealed.len();
                notices += finished.notices;
                starts += finished.starts;
            }
            Err(failed) => panic!("{failed}"),
        }
    }
    let took = begun.elapsed().as_secs_f64();
    println!("10000 hours: {records} records, {notices} notices, {starts} starts; {:.0} hours/s", 10_000.0 / took);
}

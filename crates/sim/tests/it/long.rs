//! Many seeds, many hours: 10,000 in four parts.
#![expect(clippy::disallowed_methods, reason = "measures its own speed; nothing in a run sees that clock")]
#![expect(clippy::print_stdout, reason = "the speed is worth knowing")]

use std::time::Instant;

use evenkeel_sim::{Finished, Random, Scenario};

const HOURS_PER_SEED: i64 = 50;
/// So many make 2,500 hours.
const SEEDS: usize = 50;

/// Runs so many seeds, and says what they came to.
fn hold(what: &str, mut seeds: Random, scenario: impl Fn(u64) -> Scenario) -> Result<(), String> {
    let begun = Instant::now();
    let mut sum = Finished::default();
    let mut records = 0;
    for _ in 0..SEEDS {
        let finished = scenario(seeds.draw()).run().map_err(|failed| failed.to_string())?;
        records += finished.sealed.len();
        sum.notices += finished.notices;
        sum.incidents += finished.incidents;
        sum.pages += finished.pages;
        sum.starts += finished.starts;
    }
    let Finished { notices, incidents, pages, starts, .. } = sum;
    let speed = 2500.0 / begun.elapsed().as_secs_f64();
    println!(
        "2500 hours {what}: {records} records, {notices} notices, {incidents} incidents, {pages} pages, \
         {starts} starts; {speed:.0} hours/s"
    );
    Ok(())
}

/// Parts, so that no core is idle while another plays on.
macro_rules! parts {
    ($($name:ident: $what:literal, $seed:literal, $scenario:expr;)+) => {$(
        #[test]
        fn $name() {
            let held = hold($what, Random::new($seed), |seed| $scenario(seed, HOURS_PER_SEED));
            held.unwrap_or_else(|failed| panic!("{failed}"));
        }
    )+};
}

parts! {
    a_first_quarter_with_people: "with people", 0x9e09_13ee, Scenario::with_people;
    a_second_quarter_with_people: "with people", 0x9e09_13ef, Scenario::with_people;
    a_third_quarter: "without people", 0x0e7e_17ee, Scenario::new;
    a_fourth_quarter: "without people", 0x0e7e_17ef, Scenario::new;
}

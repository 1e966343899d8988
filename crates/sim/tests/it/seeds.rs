//! Seeds that failed once.

use evenkeel_sim::Scenario;

const SEEDS: &str = include_str!("../seeds.txt");

#[test]
fn seeds_that_failed_once_hold() {
    for line in SEEDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut fields = line.split_whitespace();
        let digits = fields.next().and_then(|seed| seed.strip_prefix("0x")).expect("a seed");
        let seed = u64::from_str_radix(digits, 16).expect("hexadecimal");
        let hours = fields.next().and_then(|hours| hours.parse().ok()).expect("hours");
        let people = fields.next() == Some("people");
        if let Err(failed) = (Scenario { people, ..Scenario::new(seed, hours) }).run() {
            panic!("{line}: {failed}");
        }
    }
}

//! Same build, plan and inputs: same records.

use evenkeel_sim::Scenario;

#[test]
fn same_seed_same_records() {
    let without = [3, 5, 8, 13].map(|seed| Scenario::new(seed, 30));
    let with = [3, 5, 8, 13].map(|seed| Scenario::with_people(seed, 20));
    for scenario in without.into_iter().chain(with) {
        let seed = scenario.seed;
        let run = || scenario.run().unwrap_or_else(|failed| panic!("{failed}")).sealed;
        let (once, again) = (run(), run());
        assert!(!once.is_empty());
        assert!(once == again, "seed {seed}: the records differ");
    }
}

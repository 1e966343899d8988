//! Same build, plan and inputs: same records.

use evenkeel_sim::Scenario;

#[test]
fn same_seed_same_records() {
    for seed in [3, 5, 8, 13] {
        let run = || Scenario::new(seed, 30).run().unwrap_or_else(|failed| panic!("{failed}")).sealed;
        let (once, again) = (run(), run());
        assert!(!once.is_empty());
        assert!(once == again, "seed {seed}: the records differ");
    }
}

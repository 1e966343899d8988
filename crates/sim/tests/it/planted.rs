//! Bugs on purpose: each has to be caught, and the seed that catches it has to hold without it.
#![expect(clippy::print_stdout, reason = "the table of what catches what is worth seeing")]

use evenkeel_sim::{Check, Failed, Planted, Random, Scenario};

/// So many hours may pass in each seed, and so many seeds be tried.
const HOURS: i64 = 25;
const SEEDS: usize = 40;

fn scenario(bug: Planted, seed: u64) -> Scenario {
    Scenario { people: matches!(bug, Planted::Incident(_)), ..Scenario::new(seed, HOURS) }
}

fn catch(bug: Planted) -> Option<Box<Failed>> {
    let mut seeds = Random::new(0xb0b);
    (0..SEEDS).find_map(|_| Scenario { planted: Some(bug), ..scenario(bug, seeds.draw()) }.run().err())
}

#[test]
fn planted_bugs() {
    let mut missed = Vec::new();
    for bug in Planted::all() {
        let Some(failed) = catch(bug) else {
            println!("{:<32} not caught", bug.name());
            missed.push(bug.name());
            continue;
        };
        let check: Check = failed.violation.check;
        println!("{:<32} {:<24} seed {:#018x}, hour {}", bug.name(), format!("{check:?}"), failed.seed, failed.hours);
        let without = Scenario { steps: failed.steps, ..scenario(bug, failed.seed) }.run();
        assert!(without.is_ok(), "without {}: {}", bug.name(), without.expect_err("it failed"));
    }
    assert!(missed.is_empty(), "not caught: {missed:?}");
}

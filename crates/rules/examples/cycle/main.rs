//! What a cycle of rules costs: 1,000 rules every 15 s over 20,000 series in memory.
//!
//! The rules and the series have the shape of a fleet of web services on machines: 600 alerts and 400 recorded metrics, each
//! about one job in one region. `cargo run --release -p evenkeel-rules --example cycle [INSTANCES]`

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement"
)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a measurement")]

mod fleet;
mod store;

use std::time::Instant;

use evenkeel_labels::LabelSet;
use evenkeel_promql_eval::{Limits, Never};
use evenkeel_rules::{
    Defaults, Layered, Options, Recorded, Resident, ResidentOptions, RuleSet, Span, State, evaluate, replay,
};
use evenkeel_time::{Duration, Timestamp};

const STEP: Duration = Duration(15_000);
const CYCLES: i64 = 20;

fn main() {
    let instances: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(200);
    let hours = 2 * 3_600_000 / STEP.0;
    let store = fleet::store(instances, STEP, hours + CYCLES);
    let set = RuleSet::new(&fleet::rules(), Defaults { interval: STEP, query_offset: Duration::ZERO });
    println!("{} series, {} samples, {} rules", store.series(), store.samples(), set.len());
    let (limits, external) = (Limits::default(), LabelSet::default());
    let options = Options {
        limits: &limits,
        stop: &Never,
        external_labels: &external,
        external_url: "https://keel.example.com",
        resend_after: Duration::minutes(1),
        annotate_after: Duration::minutes(5),
        finished: &|_| {},
    };
    for held in [true, false] {
        let resident = Resident::new(ResidentOptions::default());
        let mut state = State::new(&set, Timestamp((hours - 1) * STEP.0));
        let mut recorded = Recorded::default();
        let (mut spent, mut first, mut read) = (Vec::new(), 0.0, 0);
        for cycle in 0..CYCLES {
            let now = Timestamp((hours + cycle) * STEP.0);
            store.see_until(now);
            let began = Instant::now();
            let layered = Layered::new(&store, &recorded);
            let over = resident.over(&layered, now);
            let out = if held {
                evaluate(&mut state, &set, &over, now, &options)
            } else {
                evaluate(&mut state, &set, &layered, now, &options)
            };
            resident.settle();
            let seconds = began.elapsed().as_secs_f64();
            assert!(out.problems.is_empty(), "{:?}", out.problems.first());
            read = out.samples_read;
            recorded.append(&out.recorded);
            if cycle == 0 { first = seconds } else { spent.push(seconds) }
        }
        spent.sort_by(f64::total_cmp);
        let active: usize = state.groups.iter().flat_map(|group| &group.rules).map(|rule| rule.alerts.len()).sum();
        println!(
            "{}: first {first:.3} s, then {:.3} s (median; {:.3} to {:.3}), {read} samples a cycle, {} held, {active} alerts",
            if held { "held in memory" } else { "read anew" },
            spent[spent.len() / 2],
            spent[0],
            spent[spent.len() - 1],
            resident.samples(),
        );
    }
    let (after, until) = (Timestamp((hours - 240) * STEP.0), Timestamp(hours * STEP.0));
    store.see_until(until);
    let mut state = State::new(&set, after);
    let began = Instant::now();
    let out = replay(&mut state, &set, &store, Span { after, until }, &options);
    println!(
        "replay of an hour: {:.3} s, {} evaluations, {} problems",
        began.elapsed().as_secs_f64(),
        out.evaluations,
        out.problems.len()
    );
}

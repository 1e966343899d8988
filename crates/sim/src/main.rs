//! Runs seeds from the command line.
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]
#![expect(clippy::disallowed_methods, reason = "measures its own speed; nothing in a run sees that clock")]

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use evenkeel_sim::{CrashPoint, Finished, Planted, Random, Scenario};

/// Hours per seed when many are run.
const HOURS_PER_SEED: i64 = 50;

/// Plays the engine through generated days with faults and checks what must hold.
#[derive(Debug, Parser)]
struct Arguments {
    /// Run this seed; without it, many are drawn.
    #[arg(long, value_parser = seed)]
    seed: Option<u64>,
    /// End after so many steps.
    #[arg(long)]
    steps: Option<u64>,
    /// Simulate so many hours, over as many seeds as that takes.
    #[arg(long, default_value_t = 1000)]
    hours: i64,
    /// A world with people: incidents, pages, and those who answer them.
    #[arg(long)]
    people: bool,
    /// Plant a bug, by its name in `evenkeel_alerting::Bug` or `evenkeel_incident::Bug`, to see it caught.
    #[arg(long)]
    planted: Option<String>,
    /// A world in which much happens in a short time and nothing stops the machine by chance.
    #[arg(long)]
    rich: bool,
    /// Print each record as it becomes durable.
    #[arg(long)]
    show: bool,
    /// Stop the machine before that commit.
    #[arg(long)]
    crash_before: Option<u64>,
    /// Stop the machine after that commit, before anybody is told.
    #[arg(long)]
    crash_after: Option<u64>,
}

fn seed(text: &str) -> Result<u64, std::num::ParseIntError> {
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let planted = match &arguments.planted {
        None => None,
        Some(name) => {
            let names = || Planted::all().map(Planted::name).collect::<Vec<_>>();
            let known = Planted::all().find(|bug| bug.name() == *name);
            Some(known.ok_or_else(|| anyhow::anyhow!("no bug named `{name}`: {:?}", names()))?)
        }
    };
    let begun = Instant::now();
    let mut drawn = Random::new(1);
    let mut done = 0;
    let mut sum = Finished::default();
    while done < arguments.hours {
        let mut scenario = match arguments.seed {
            Some(seed) => Scenario::new(seed, arguments.hours),
            None => Scenario::new(drawn.draw(), HOURS_PER_SEED),
        };
        if let Some(steps) = arguments.steps {
            (scenario.steps, scenario.hours) = (steps, i64::MAX);
        }
        scenario.planted = planted;
        scenario.show = arguments.show.then_some(|line| println!("{line}"));
        (scenario.rich, scenario.people) = (arguments.rich, arguments.people);
        let before = arguments.crash_before.map(|commit| (commit, CrashPoint::BeforeCommit));
        scenario.crash = before.or(arguments.crash_after.map(|commit| (commit, CrashPoint::AfterCommit)));
        match scenario.run() {
            Ok(finished) => {
                sum.steps += finished.steps;
                sum.starts += finished.starts;
                sum.notices += finished.notices;
                sum.incidents += finished.incidents;
                sum.pages += finished.pages;
                sum.commits += finished.sealed.len() as u64;
            }
            Err(failed) => {
                println!("{failed}");
                return Ok(ExitCode::FAILURE);
            }
        }
        done = if arguments.seed.is_some() { arguments.hours } else { done + HOURS_PER_SEED };
    }
    let seconds = begun.elapsed().as_secs_f64().max(0.001);
    println!(
        "{done} hours held: {} steps, {} records, {} notices, {} incidents, {} pages, {} starts; {:.0} hours per second",
        sum.steps,
        sum.commits,
        sum.notices,
        sum.incidents,
        sum.pages,
        sum.starts,
        f64::from(i32::try_from(done).unwrap_or(i32::MAX)) / seconds
    );
    Ok(ExitCode::SUCCESS)
}

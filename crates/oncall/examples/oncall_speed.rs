//! How fast questions about on call are answered: `cargo run --release -p evenkeel-oncall --example oncall_speed`.
//!
//! The schedule has three layers: weekly, nights only, and one that follows the sun, in three zones. Each figure is the
//! best of five rounds.

#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_model::{Layer, Schedule, Shift};
use evenkeel_oncall::{State, current, gaps, on_call, shifts};
use evenkeel_record::{Actor, Body, Origin, OverrideSet, Record};
use evenkeel_time::{Civil, Timestamp, UnknownZone, WeeklyWindow, Zone};

const FROM: Timestamp = Timestamp(1_795_000_000_000);
const DAY: i64 = 24 * 3_600_000;
const YEAR: i64 = 365 * DAY;

fn main() -> Result<(), UnknownZone> {
    let (schedule, overrides) = (schedule()?, State::default());
    let until = Timestamp(FROM.0 + YEAR);
    println!("{:28} {:>12} {:>12}", "", "each", "a second");
    measure("on_call, any instant", 1_000_000, |round| {
        let at = Timestamp(FROM.0 + round.wrapping_mul(2_654_435_761).rem_euclid(YEAR));
        black_box(on_call(&schedule, &overrides, at));
    });
    measure("on_call, minute by minute", 1_000_000, |round| {
        black_box(on_call(&schedule, &overrides, Timestamp(FROM.0 + (round * 60_000).rem_euclid(YEAR))));
    });
    let many = many_overrides(10_000);
    measure("on_call, 10,000 overrides", 2_000, |round| {
        black_box(on_call(&schedule, &many, Timestamp(FROM.0 + round * 3_600_000)));
    });
    measure("current", 2_000, |round| {
        black_box(current(&schedule, &overrides, Timestamp(FROM.0 + round * 3_600_000)));
    });
    measure("gaps over 365 days", 500, |_| {
        black_box(gaps(&schedule, &overrides, FROM, until));
    });
    measure("shifts over 365 days", 100, |_| {
        black_box(shifts(&schedule, &overrides, FROM, until));
    });
    println!("\n{} shifts, {} gaps", shifts(&schedule, &overrides, FROM, until).len(), {
        gaps(&schedule, &overrides, FROM, until).len()
    });
    Ok(())
}

/// Of an hour each, one after the other.
fn many_overrides(count: u64) -> State {
    let mut state = State::default();
    for (seq, hour) in (1..=count).zip(0..) {
        let from = FROM + evenkeel_time::Duration::hours(hour);
        let until = from + evenkeel_time::Duration::hours(1);
        let (schedule, person, reason) = ("primary".into(), "zoe".into(), "".into());
        let body = Body::OverrideSet(OverrideSet { schedule, from, until, person, replaces: None, reason });
        let (actor, origin, plan) = (Actor::system(), Origin::Reported, PlanHash([0; 32]));
        state.apply(&Record { seq: Seq(seq), at: FROM, actor, origin, plan, body });
    }
    state
}

fn measure(what: &str, times: i64, work: impl Fn(i64)) {
    let round = || {
        let begun = Instant::now();
        (0..times).for_each(&work);
        begun.elapsed()
    };
    let best = (0..5).map(|_| round()).min().unwrap_or(Duration::ZERO);
    let seconds = best.as_secs_f64() / times as f64;
    println!("{what:28} {:9.3} us {:12.0}", seconds * 1e6, 1.0 / seconds);
}

fn schedule() -> Result<Schedule, UnknownZone> {
    let (workdays, every_day) = (0b011_1110, 0b111_1111);
    let window = |weekdays, start: u16, end: u16| WeeklyWindow { weekdays, start: start * 60, end: end * 60 };
    let layers = vec![
        layer(
            "weekly",
            "Europe/Berlin",
            Shift::Weeks(1),
            &["ada", "bob", "cyd", "dan"],
            vec![window(workdays, 8, 20)],
        )?,
        layer("nights", "America/New_York", Shift::Days(1), &["eve", "fay", "gus"], vec![window(every_day, 22, 6)])?,
        layer("sun", "Australia/Sydney", Shift::Hours(12), &["hal", "ida"], vec![window(workdays, 9, 17)])?,
    ];
    Ok(Schedule { name: "primary".into(), zone: Zone::named("Europe/Berlin")?, layers, overrides: Vec::new() })
}

fn layer(
    name: &str,
    zone: &str,
    shift: Shift,
    people: &[&str],
    restrictions: Vec<WeeklyWindow>,
) -> Result<Layer, UnknownZone> {
    Ok(Layer {
        name: name.into(),
        zone: Zone::named(zone)?,
        start: Civil { year: 2026, month: 1, day: 5, minute: 540 },
        end: None,
        shift,
        turns: people.iter().map(|person| vec![(*person).into()]).collect(),
        restrictions,
    })
}

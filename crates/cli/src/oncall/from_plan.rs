//! The answers of a server, from a plan alone: no overrides that were set at run time, and no pages.

use std::sync::Arc;

use evenkeel_model::{Plan, Schedule};
use evenkeel_oncall::{State, current, gaps, load, next_after, shifts};
use evenkeel_time::{Duration, Timestamp};
use serde_json::Value;

use super::answer::{Gap, Gaps, Load, Loads, Next, Now, OnCall, Shift, Shifts};
use super::args::OncallVerb;
use super::requests::window;
use crate::client::{Context, Instant, Wrong};

/// No window is longer, as on a server.
const WINDOW_MAX: Duration = Duration::hours(400 * 24);
/// So many names are listed where one was not found.
const NAMES_MAX: usize = 10;

/// What a server that serves this plan would answer.
///
/// # Errors
/// [`Wrong`] when the question cannot be, or only a server can answer it.
pub fn from_plan(verb: &OncallVerb, plan: &Plan, cx: &Context) -> Result<Value, Wrong> {
    let schedules = |name: &Option<String>| chosen(plan, name.as_deref());
    let json = match verb {
        OncallVerb::Now(args) | OncallVerb::Next(args) => serde_json::to_value(now(schedules(&args.schedule)?, cx.now)),
        OncallVerb::Who(args) => serde_json::to_value(now(schedules(&args.schedule)?, args.at.instant(cx))),
        OncallVerb::Shifts(args) => {
            let (from, until) = bounded(window(&args.from, &args.until, cx)?)?;
            let schedules = chosen(plan, Some(&args.schedule))?;
            let shifts = schedules.into_iter().flat_map(|schedule| shifts(schedule, &State::default(), from, until));
            serde_json::to_value(Shifts { shifts: shifts.map(|span| Shift::of(&span)).collect() })
        }
        OncallVerb::Gaps(args) => {
            let until = cx.now + Duration::hours(24) * i64::from(args.days);
            serde_json::to_value(uncovered(schedules(&args.schedule)?, cx.now, until))
        }
        OncallVerb::Load(args) => {
            let (from, until) = bounded(window(&args.from, &args.until, cx)?)?;
            let loads = load(plan, &State::default(), schedules(&args.schedule)?, from, until);
            serde_json::to_value(Loads { load: loads.iter().map(|(person, load)| Load::of(person, load)).collect() })
        }
        OncallVerb::Override(_) => {
            let help = "write it into the schedule's document under `overrides`, or ask the server";
            return Err(Wrong::new("an override is set on a server", help));
        }
    };
    json.map_err(|error| Wrong::new(error.to_string(), "this is a bug"))
}

/// The schedule of that name, or all.
fn chosen<'a>(plan: &'a Plan, name: Option<&str>) -> Result<Vec<&'a Schedule>, Wrong> {
    let known = &plan.catalogue.schedules;
    let Some(name) = name else { return Ok(known.values().collect()) };
    known.get(name).map(|schedule| vec![schedule]).ok_or_else(|| {
        let names: Vec<&str> = known.keys().take(NAMES_MAX).map(AsRef::as_ref).collect();
        let more = if known.len() > NAMES_MAX { ", …" } else { "" };
        let help =
            if names.is_empty() { "it has none".to_owned() } else { format!("it has {}{more}", names.join(", ")) };
        Wrong::new(format!("the ops repo has no schedule `{name}`"), help)
    })
}

fn bounded((from, until): (Timestamp, Timestamp)) -> Result<(Timestamp, Timestamp), Wrong> {
    if until - from <= WINDOW_MAX {
        return Ok((from, until));
    }
    Err(Wrong::new("that is longer than 400 days", "give an `--until` that is at most 400 days after `--from`"))
}

fn now(schedules: Vec<&Schedule>, at: Timestamp) -> Now {
    let overrides = State::default();
    let one = |schedule: &Schedule| {
        let stretch = current(schedule, &overrides, at);
        let next = next_after(schedule, &overrides, at).and_then(|next| {
            let people = people(&next.on_call.people);
            Some(Next { people, from: Instant(next.since?) })
        });
        OnCall {
            schedule: schedule.name.to_string(),
            people: people(&stretch.on_call.people),
            because: stretch.on_call.because.to_string(),
            since: stretch.since.map(Instant),
            until: stretch.until.map(Instant),
            next,
        }
    };
    Now { at: Instant(at), schedules: schedules.into_iter().map(one).collect() }
}

fn uncovered(schedules: Vec<&Schedule>, from: Timestamp, until: Timestamp) -> Gaps {
    let overrides = State::default();
    let of_one = |schedule: &Schedule| {
        let name = schedule.name.clone();
        let gap = move |(from, until): (Timestamp, Timestamp)| Gap {
            schedule: name.to_string(),
            from: Instant(from),
            until: Instant(until),
            hours: hours(until - from),
        };
        gaps(schedule, &overrides, from, until).into_iter().map(gap).collect::<Vec<_>>()
    };
    Gaps { gaps: schedules.into_iter().flat_map(of_one).collect() }
}

#[expect(clippy::cast_precision_loss, reason = "hours for people")]
fn hours(length: Duration) -> f64 {
    length.0 as f64 / Duration::hours(1).0 as f64
}

fn people(names: &[Arc<str>]) -> Vec<String> {
    names.iter().map(|name| format!("person:{name}")).collect()
}

impl Shift {
    fn of(span: &evenkeel_oncall::Span) -> Self {
        Self {
            from: Instant(span.from),
            until: Instant(span.until),
            people: people(&span.on_call.people),
            because: span.on_call.because.to_string(),
        }
    }
}

impl Load {
    fn of(person: &Arc<str>, load: &evenkeel_oncall::Load) -> Self {
        Self {
            person: format!("person:{person}"),
            hours: load.hours(),
            nights: load.nights.into(),
            weekend_days: load.weekend_days.into(),
            pages: None,
            night_pages: None,
        }
    }
}

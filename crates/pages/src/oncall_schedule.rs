//! `/oncall/{schedule}`: a month of it, who is next, who stands in, where nobody is, and what uses it.

use askama::Template;
use evenkeel_identity::Action;
use evenkeel_ids::DocumentRef;
use evenkeel_model::Schedule;
use evenkeel_oncall::shifts;
use evenkeel_time::Duration;

use crate::alerts_text::clipped;
use crate::calendar::{self, Month};
use crate::link::encoded;
use crate::oncall_cover::{Changes, Standing, Typed, changes, overrides};
use crate::oncall_gap::{Gaps, ahead};
use crate::oncall_turn::{NowAndNext, Turn, Words};
use crate::{Asked, Frame, Moment, Section, Shown, Wrong};

/// So many turns to come are shown.
const NEXT_MAX: usize = 8;
/// They are looked for so far ahead. Units: days.
const NEXT_DAYS: i64 = 60;
/// So many overrides are shown.
const OVERRIDES_MAX: usize = 15;
/// So many gaps are shown.
const GAPS_MAX: usize = 8;
/// So many people are offered.
const PEOPLE_MAX: usize = 100;
/// So many policies are listed.
const POLICIES_MAX: usize = 20;

#[derive(Debug, Template)]
#[template(path = "schedule.html", whitespace = "minimize")]
struct View {
    frame: Frame,
    name: String,
    path: String,
    zone: String,
    /// Whether its own zone is another one than the reader's.
    other_zone: bool,
    standing: NowAndNext,
    month: Month,
    this_month: bool,
    next: Vec<Turn>,
    overrides: Vec<Standing>,
    overrides_more: usize,
    gaps: Option<Gaps>,
    gap_days: i64,
    policies: Vec<String>,
    policies_more: usize,
    cover: Option<Cover>,
}

/// The form for somebody who stands in.
#[derive(Debug)]
struct Cover {
    typed: Typed,
    /// Who may be named; `None`: only the reader.
    people: Option<Vec<String>>,
    wrong: Option<Wrong>,
    preview: Option<Preview>,
}

/// What the override would be and do.
#[derive(Debug)]
struct Preview {
    who: String,
    from: Option<Moment>,
    until: Moment,
    changes: Changes,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let name = asked.place.named("schedule");
    match asked.engine.plan().catalogue.schedules.get(name) {
        Some(schedule) => Shown::page(view(asked, schedule)),
        None => Shown::not_there(
            format!("The ops repo has no schedule {}.", clipped(name, 80)),
            "The page about on call lists those that there are.",
        ),
    }
}

fn view(asked: &Asked<'_>, schedule: &Schedule) -> View {
    let name = clipped(&schedule.name, 120);
    let frame = asked.frame(Section::OnCall, name.clone());
    let state = &asked.engine.state().oncall;
    let zone = asked.clock().zone;
    let first = calendar::month(asked.place.last("month"), asked.now, &zone);
    let words = Words::of(asked, &frame, schedule);
    let spans = shifts(schedule, state, asked.now, asked.now + Duration::hours(24 * NEXT_DAYS));
    let next = spans.iter().skip(1).take(NEXT_MAX).map(|span| words.span(span)).collect();
    let (overrides, overrides_more) = overrides(asked, &frame, Some(schedule), OVERRIDES_MAX);
    let policies = policies(asked, schedule);
    View {
        path: encoded(&schedule.name),
        zone: schedule.zone.name().to_owned(),
        other_zone: schedule.zone != zone,
        standing: NowAndNext::of(asked, &frame, schedule),
        this_month: first == calendar::month(None, asked.now, &zone),
        month: Month::of(schedule, state, first, asked.now, &zone),
        next,
        overrides,
        overrides_more,
        gaps: ahead(asked, &frame, schedule, GAPS_MAX),
        gap_days: crate::oncall_gap::DAYS,
        policies_more: policies.len().saturating_sub(POLICIES_MAX),
        policies: policies.into_iter().take(POLICIES_MAX).collect(),
        cover: cover(asked, &frame, schedule),
        name,
        frame,
    }
}

/// The escalation policies that page whoever has the schedule, with where in them, and who goes by them.
fn policies(asked: &Asked<'_>, schedule: &Schedule) -> Vec<String> {
    let catalogue = &asked.engine.plan().catalogue;
    let wanted = DocumentRef::Schedule(schedule.name.clone());
    let uses = |policy: &evenkeel_model::EscalationPolicy| {
        let steps = (1..).zip(&policy.steps).filter(|(_, step)| step.to.contains(&wanted));
        let steps: Vec<String> = steps.map(|(number, _): (usize, _)| number.to_string()).collect();
        if steps.is_empty() {
            return None;
        }
        let teams = catalogue.teams.values().filter(|team| team.escalation.as_ref() == Some(&policy.name));
        let teams = teams.map(|team| format!("team {}", team.name));
        let plans = catalogue.response_plans.values().filter(|plan| plan.escalation.as_ref() == Some(&policy.name));
        let plans = plans.map(|plan| format!("response plan {}", plan.name));
        let mut users: Vec<String> = teams.chain(plans).collect();
        if asked.engine.plan().last_resort.policy.as_ref() == Some(&policy.name) {
            users.push("the last resort".to_owned());
        }
        let users = if users.is_empty() { "nobody goes by it".to_owned() } else { users.join(", ") };
        let step = if steps.len() == 1 { "step" } else { "steps" };
        Some(clipped(&format!("{}, {step} {}: {users}", policy.name, steps.join(", ")), 400))
    };
    catalogue.policies.values().filter_map(uses).collect()
}

/// The form, for those who may send it.
fn cover(asked: &Asked<'_>, frame: &Frame, schedule: &Schedule) -> Option<Cover> {
    let operates = asked.caller.allows(Action::Operate);
    let own = asked.caller.person.as_deref().filter(|_| asked.may_respond());
    if !operates && own.is_none() {
        return None;
    }
    let sent = !asked.kept.is_empty();
    let asked_for = sent || asked.place.last("person").is_some();
    let mut typed = match (sent, asked_for) {
        (true, _) => Typed::of(|field| asked.typed(field)),
        (false, true) => Typed::of(|field| asked.place.last(field).unwrap_or("")),
        (false, false) => Typed { person: own.unwrap_or("").to_owned(), ..Typed::default() },
    };
    let read = typed.read(asked, schedule);
    let preview = read.as_ref().ok().filter(|_| asked_for).map(|wanted| Preview {
        who: clipped(&wanted.person, 120),
        from: (wanted.from > asked.now).then(|| frame.moment(wanted.from)),
        until: frame.moment(wanted.until),
        changes: changes(asked, frame, schedule, wanted),
    });
    for text in [&mut typed.person, &mut typed.replaces, &mut typed.from, &mut typed.until, &mut typed.reason] {
        *text = clipped(text, 5000);
    }
    let people = asked.engine.plan().catalogue.people.keys().take(PEOPLE_MAX);
    Some(Cover {
        people: operates.then(|| people.map(|name| clipped(name, 80)).collect()),
        // What was wrong with a form that was sent stands at the head of the page already.
        wrong: read.err().filter(|_| asked_for && !sent),
        preview,
        typed,
    })
}

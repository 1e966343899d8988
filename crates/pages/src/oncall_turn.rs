//! Who is on call in a stretch of time, and why, in words.

use std::sync::Arc;

use evenkeel_engine::Engine;
use evenkeel_model::Schedule;
use evenkeel_oncall::{Because, OnCall, Span, current, next_after, shifts};
use evenkeel_time::{Duration, Timestamp};

use crate::alerts_text::clipped;
use crate::calendar::{Palette, Person};
use crate::record_links::leads_to;
use crate::{Asked, Frame, Moment};

/// So many people of a turn are named.
const PEOPLE_MAX: usize = 5;

/// Who is on call from one time to another.
#[derive(Debug)]
pub(crate) struct Turn {
    /// Nobody, where there is none.
    pub(crate) people: Vec<Named>,
    pub(crate) more: usize,
    pub(crate) because: String,
    /// `None`: for longer than can be foreseen.
    pub(crate) from: Option<Moment>,
    pub(crate) until: Option<Moment>,
}

/// A person, and where they are shown.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) person: Person,
    /// Relative to the root.
    pub(crate) href: Option<String>,
}

/// Who has a schedule now, and who then.
#[derive(Debug)]
pub(crate) struct NowAndNext {
    pub(crate) schedule: String,
    /// As it stands in an address.
    pub(crate) path: String,
    pub(crate) now: Turn,
    pub(crate) next: Option<Turn>,
}

/// How a turn is put into words.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) frame: &'a Frame,
    pub(crate) palette: Palette,
}

impl<'a> Words<'a> {
    pub(crate) fn of(asked: &Asked<'a>, frame: &'a Frame, schedule: &Schedule) -> Self {
        let palette = Palette::of(schedule, &asked.engine.state().oncall);
        Self { engine: asked.engine, frame, palette }
    }

    pub(crate) fn named(&self, name: &str) -> Named {
        Named { person: self.palette.person(name), href: leads_to(self.engine, &format!("person:{name}")) }
    }

    pub(crate) fn turn(&self, from: Option<Timestamp>, until: Option<Timestamp>, on_call: &OnCall) -> Turn {
        Turn {
            people: on_call.people.iter().take(PEOPLE_MAX).map(|name| self.named(name)).collect(),
            more: on_call.people.len().saturating_sub(PEOPLE_MAX),
            because: self.because(&on_call.because),
            from: from.map(|at| self.frame.moment(at)),
            until: until.map(|at| self.frame.moment(at)),
        }
    }

    pub(crate) fn span(&self, span: &Span) -> Turn {
        self.turn(Some(span.from), Some(span.until), &span.on_call)
    }

    fn because(&self, because: &Because) -> String {
        match because {
            Because::Layer { name, turn, turns } => {
                format!("turn {turn} of {turns} in the layer {}", clipped(name, 80))
            }
            Because::DocumentOverride { .. } => "an override written in the ops repo".to_owned(),
            Because::Override { id } => {
                let reason = self.engine.state().oncall.get(*id).map_or("", |one| one.reason.as_ref());
                let reason = if reason.is_empty() { String::new() } else { format!(": {}", clipped(reason, 120)) };
                format!("{id}{reason}")
            }
            Because::Nobody => "no layer has anybody, and nobody stands in".to_owned(),
        }
    }
}

impl NowAndNext {
    pub(crate) fn of(asked: &Asked<'_>, frame: &Frame, schedule: &Schedule) -> Self {
        let overrides = &asked.engine.state().oncall;
        let words = Words::of(asked, frame, schedule);
        let now = current(schedule, overrides, asked.now);
        let next = next_after(schedule, overrides, asked.now);
        Self {
            schedule: clipped(&schedule.name, 120),
            path: crate::link::encoded(&schedule.name),
            now: words.turn(now.since, now.until, &now.on_call),
            next: next.map(|next| words.turn(next.since, next.until, &next.on_call)),
        }
    }
}

/// The turns of a person from now on: from and until.
pub(crate) fn turns_of(
    asked: &Asked<'_>,
    schedule: &Schedule,
    person: &Arc<str>,
    days: i64,
) -> Vec<(Timestamp, Timestamp)> {
    let until = asked.now + Duration::hours(24 * days);
    let spans = shifts(schedule, &asked.engine.state().oncall, asked.now, until);
    let mut turns: Vec<(Timestamp, Timestamp)> = Vec::new();
    for span in spans.iter().filter(|span| span.on_call.people.contains(person)) {
        match turns.last_mut() {
            // For another reason, but without a break.
            Some(last) if last.1 == span.from => last.1 = span.until,
            Some(_) | None => turns.push((span.from, span.until)),
        }
    }
    turns
}

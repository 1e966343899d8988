//! Who stands in: overrides that hold or will, and one that is typed into the form, with what it would change.

use std::sync::Arc;

use evenkeel_identity::Action;
use evenkeel_model::Schedule;
use evenkeel_oncall::{IncomingOverride, Override, OverrideRefusal, Span, State, decide_override, shifts};
use evenkeel_record::{Actor, Body, Origin, Record};
use evenkeel_time::Timestamp;

use crate::alerts_text::clipped;
use crate::calendar_wall::read_wall;
use crate::record_links::leads_to;
use crate::{Asked, Frame, Moment, Wrong};

/// So many changes are shown.
const CHANGES_MAX: usize = 12;

/// An override that holds, or will.
#[derive(Debug)]
pub(crate) struct Standing {
    /// `None`: it is written in the ops repo.
    pub(crate) id: Option<String>,
    pub(crate) schedule: String,
    /// As it stands in an address.
    pub(crate) path: String,
    pub(crate) who: String,
    pub(crate) who_href: Option<String>,
    pub(crate) replaces: Option<String>,
    pub(crate) from: Moment,
    pub(crate) until: Moment,
    pub(crate) reason: String,
    pub(crate) now: bool,
    /// Whether the reader may take it back.
    pub(crate) may_remove: bool,
}

/// What is typed into the form, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) person: String,
    pub(crate) replaces: String,
    pub(crate) from: String,
    pub(crate) until: String,
    pub(crate) reason: String,
}

/// What an override would change.
#[derive(Debug)]
pub(crate) struct Changes {
    pub(crate) rows: Vec<Change>,
    pub(crate) more: usize,
}

/// Others are on call from one time to another.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) from: Moment,
    pub(crate) until: Moment,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Those that hold or will, of one schedule or of all, what begins first before the others; and how many are left out.
pub(crate) fn overrides(
    asked: &Asked<'_>,
    frame: &Frame,
    schedule: Option<&Schedule>,
    shown_max: usize,
) -> (Vec<Standing>, usize) {
    let state = &asked.engine.state().oncall;
    let of = |name: &Arc<str>| schedule.is_none_or(|wanted| wanted.name == *name);
    let set = state.overrides().filter(|one| asked.now < one.until && of(&one.schedule));
    let mut all: Vec<(Timestamp, Standing)> = set.map(|one| (one.from, Standing::set(asked, frame, one))).collect();
    for schedule in asked.engine.plan().catalogue.schedules.values().filter(|one| of(&one.name)) {
        let written = schedule.overrides.iter().filter(|one| asked.now < one.until);
        all.extend(written.map(|one| (one.from, Standing::written(asked, frame, schedule, one))));
    }
    all.sort_by_key(|(from, _)| *from);
    let more = all.len().saturating_sub(shown_max);
    (all.into_iter().take(shown_max).map(|(_, one)| one).collect(), more)
}

/// Whether the reader may decide on the turn that this person takes: whoever operates may for anybody, others for
/// themselves.
pub(crate) fn may_cover(asked: &Asked<'_>, person: &str) -> bool {
    asked.caller.allows(Action::Operate)
        || (asked.caller.allows(Action::Respond) && asked.caller.person.as_deref() == Some(person))
}

impl Standing {
    fn set(asked: &Asked<'_>, frame: &Frame, one: &Override) -> Self {
        Self {
            id: Some(one.id.to_string()),
            schedule: clipped(&one.schedule, 120),
            path: crate::link::encoded(&one.schedule),
            who: clipped(&one.person, 80),
            who_href: leads_to(asked.engine, &format!("person:{}", one.person)),
            replaces: one.replaces.as_ref().map(|name| clipped(name, 80)),
            from: frame.moment(one.from),
            until: frame.moment(one.until),
            reason: clipped(&one.reason, 300),
            now: one.from <= asked.now,
            may_remove: may_cover(asked, &one.person),
        }
    }

    fn written(asked: &Asked<'_>, frame: &Frame, schedule: &Schedule, one: &evenkeel_model::ScheduleOverride) -> Self {
        Self {
            id: None,
            schedule: clipped(&schedule.name, 120),
            path: crate::link::encoded(&schedule.name),
            who: clipped(&names(&one.people), 200),
            who_href: None,
            replaces: one.replaces.as_ref().map(|name| clipped(name, 80)),
            from: frame.moment(one.from),
            until: frame.moment(one.until),
            reason: "written in the ops repo".to_owned(),
            now: one.from <= asked.now,
            may_remove: false,
        }
    }
}

impl Typed {
    pub(crate) fn of<'f>(field: impl Fn(&str) -> &'f str) -> Self {
        let text = |name: &str| field(name).trim().to_owned();
        let (person, replaces, from) = (text("person"), text("replaces"), text("from"));
        Self { person, replaces, from, until: text("until"), reason: text("reason") }
    }

    /// The override, where all of it is right.
    ///
    /// # Errors
    /// [`Wrong`] says what is not.
    pub(crate) fn read(&self, asked: &Asked<'_>, schedule: &Schedule) -> Result<IncomingOverride, Wrong> {
        let zone = asked.clock().zone;
        if self.person.is_empty() {
            return Err(Wrong::new("Nobody is named who is to be on call.", "Name a person of the ops repo."));
        }
        let name = |text: &str| Arc::<str>::from(text.strip_prefix("person:").unwrap_or(text));
        let incoming = IncomingOverride {
            schedule: schedule.name.clone(),
            from: if self.from.is_empty() { asked.now } else { read_wall("From", &self.from, &zone)? },
            until: read_wall("Until", &self.until, &zone)?,
            person: name(&self.person),
            replaces: (!self.replaces.is_empty()).then(|| name(&self.replaces)),
            reason: self.reason.as_str().into(),
        };
        let refused = |refusal: OverrideRefusal| Wrong::new(sentence(&refusal.to_string()), sentence(&refusal.help()));
        decide_override(&asked.engine.state().oncall, asked.engine.plan(), asked.now, &incoming).map_err(refused)?;
        Ok(incoming)
    }
}

/// The override that is this one already, so that a form that is sent twice sets one.
pub(crate) fn there<'a>(asked: &Asked<'a>, wanted: &IncomingOverride) -> Option<&'a Override> {
    let from = |at: Timestamp| at.max(asked.now);
    asked.engine.state().oncall.overrides().find(|one| {
        (&one.schedule, &one.person, &one.replaces) == (&wanted.schedule, &wanted.person, &wanted.replaces)
            && (from(one.from), one.until, &one.reason) == (from(wanted.from), wanted.until, &wanted.reason)
    })
}

/// What the override would change: who is on call in its time, with and without it.
pub(crate) fn changes(asked: &Asked<'_>, frame: &Frame, schedule: &Schedule, wanted: &IncomingOverride) -> Changes {
    let before = &asked.engine.state().oncall;
    let from = wanted.from.max(asked.now);
    let after = with(asked, wanted);
    let without = shifts(schedule, before, from, wanted.until);
    let with = shifts(schedule, &after, from, wanted.until);
    let mut ends: Vec<Timestamp> = without.iter().chain(&with).map(|span| span.until).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut found: Vec<(Timestamp, Timestamp, String, String)> = Vec::new();
    let mut at = from;
    for until in ends {
        let (old, new) = (people_at(&without, at), people_at(&with, at));
        match found.last_mut() {
            Some(last) if last.1 == at && last.2 == old && last.3 == new => last.1 = until,
            Some(_) | None if old != new => found.push((at, until, old, new)),
            Some(_) | None => {}
        }
        at = until;
    }
    let more = found.len().saturating_sub(CHANGES_MAX);
    let change =
        |(from, until, before, after)| Change { from: frame.moment(from), until: frame.moment(until), before, after };
    Changes { rows: found.into_iter().take(CHANGES_MAX).map(change).collect(), more }
}

/// The overrides with one more.
fn with(asked: &Asked<'_>, wanted: &IncomingOverride) -> State {
    let state = asked.engine.state();
    let mut after = state.oncall.clone();
    if let Ok(set) = decide_override(&state.oncall, asked.engine.plan(), asked.now, wanted) {
        let (seq, plan) = (state.seq.next(), state.plan);
        let body = Body::OverrideSet(set);
        after.apply(&Record { seq, at: asked.now, actor: Actor::system(), origin: Origin::Observed, plan, body });
    }
    after
}

fn people_at(spans: &[Span], at: Timestamp) -> String {
    let index = spans.partition_point(|span| span.until <= at);
    spans.get(index).map_or_else(String::new, |span| clipped(&names(&span.on_call.people), 120))
}

fn names(people: &[Arc<str>]) -> String {
    if people.is_empty() { "nobody".to_owned() } else { people.join(", ") }
}

/// What begins small and ends without a stop, as a sentence.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}

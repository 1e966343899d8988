//! `idle-override`: an override in the place of somebody who is not on call at all while it holds.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_model::document::{Declared, OverrideDocument, ScheduleDocument};
use evenkeel_model::{Schedule, ScheduleOverride, codes, quoted};
use evenkeel_oncall::{State, shifts};
use evenkeel_time::{Duration, Timestamp};

use super::resolved;
use crate::Repo;

/// Overrides that hold for longer are not followed.
const FOLLOWED_MAX: Duration = Duration::hours(400 * 24);
/// Following turns takes time: so many days times layers in all.
const LAYER_DAYS_MAX: i64 = 40_000;
/// So many earlier overrides that put somebody on call are remembered for each person.
const STANDING_IN_MAX: usize = 100;

/// Reports overrides that change nothing.
pub(super) fn idle_override(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    let mut left = LAYER_DAYS_MAX;
    for (document, schedule) in resolved::schedules(repo) {
        overrides(document, schedule, repo.at, &mut left, diags);
    }
}

fn overrides(
    document: &Declared<ScheduleDocument>,
    schedule: &Schedule,
    now: Timestamp,
    left: &mut i64,
    diags: &mut Vec<Diagnostic>,
) {
    let layers = Schedule { overrides: Vec::new(), ..schedule.clone() };
    let mut standing_in: BTreeMap<&str, Vec<(Timestamp, Timestamp)>> = BTreeMap::new();
    for (written, over) in document.spec.overrides.iter().zip(&schedule.overrides) {
        if now < over.until
            && let Some(found) = idle(written, over, &layers, &standing_in, left)
        {
            diags.push(found.diagnostic(document, over));
        }
        for person in &over.people {
            let times = standing_in.entry(person).or_default();
            if times.len() <= STANDING_IN_MAX {
                times.push((over.from, over.until));
            }
        }
    }
}

enum Idle {
    /// Somebody stands in for themself.
    Themself(Span),
    /// Who is replaced is in no turn.
    NeverOnCall(Span),
    /// It is not their turn then.
    NotThen(Span),
}

fn idle(
    written: &OverrideDocument,
    over: &ScheduleOverride,
    layers: &Schedule,
    standing_in: &BTreeMap<&str, Vec<(Timestamp, Timestamp)>>,
    left: &mut i64,
) -> Option<Idle> {
    let (replaced, span) = (over.replaces.as_ref()?, written.replaces.as_ref()?.span);
    if over.people.iter().all(|person| person == replaced) {
        return Some(Idle::Themself(span));
    }
    let earlier = standing_in.get(&**replaced).map_or(&[] as &[_], Vec::as_slice);
    let perhaps = |(from, until): &(Timestamp, Timestamp)| *from < over.until && over.from < *until;
    if earlier.len() > STANDING_IN_MAX || earlier.iter().any(perhaps) {
        return None;
    }
    if !layers.layers.iter().flat_map(|layer| &layer.turns).flatten().any(|person| person == replaced) {
        return Some(Idle::NeverOnCall(span));
    }
    let lasting = over.until - over.from;
    let days = lasting.0 / Duration::hours(24).0 + 1;
    let cost = days.saturating_mul(i64::try_from(layers.layers.len()).unwrap_or(i64::MAX));
    if FOLLOWED_MAX < lasting || *left < cost {
        return None;
    }
    *left -= cost;
    let spans = shifts(layers, &State::default(), over.from, over.until);
    (!spans.iter().any(|shift| shift.on_call.people.contains(replaced))).then_some(Idle::NotThen(span))
}

impl Idle {
    fn diagnostic(self, document: &Declared<ScheduleDocument>, over: &ScheduleOverride) -> Diagnostic {
        let schedule = quoted(&document.name.value);
        let replaced = over.replaces.as_deref().map(quoted).unwrap_or_default();
        let headline = format!("an override of the schedule {schedule} changes nothing");
        let (span, label) = match self {
            Self::Themself(span) => (span, format!("{replaced} stands in for themself")),
            Self::NeverOnCall(span) => (span, format!("{replaced} has no turn in {schedule}")),
            Self::NotThen(span) => (span, format!("{replaced} is not on call at any time while it holds")),
        };
        let help = "correct the name or the times, or leave `replaces` out to stand in for whoever it is";
        Diagnostic::finding(codes::IDLE_OVERRIDE, span, headline).label(label).help(help)
    }
}

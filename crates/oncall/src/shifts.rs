//! Who is on call over a stretch of time.

use evenkeel_model::Schedule;
use evenkeel_time::Timestamp;

use crate::gaps::covered;
use crate::patch::patches;
use crate::rotation::Rotation;
use crate::timeline::Timeline;
use crate::{OnCall, State};

/// The same people for the same reason, as long as that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// From.
    pub from: Timestamp,
    /// Until, not included.
    pub until: Timestamp,
    /// Who, and why.
    pub on_call: OnCall,
}

/// Who is on call between two instants: spans that adjoin, no two alike in a row, the first from `from` and the last
/// until `until`. None when there is no time between them.
///
/// Costs a step for each hand-over in it: callers bound what they ask for.
#[must_use]
pub fn shifts(schedule: &Schedule, overrides: &State, from: Timestamp, until: Timestamp) -> Vec<Span> {
    if until <= from {
        return Vec::new();
    }
    let mut timeline = Timeline::new(from, until);
    for layer in &schedule.layers {
        let rotation = Rotation::of(layer);
        for (from, until) in covered(layer, from, until) {
            lay_turns(&mut timeline, rotation, from, until);
        }
    }
    for patch in patches(schedule, overrides) {
        match patch.replaces {
            None => {
                if let Some(others) = patch.over(&OnCall::NOBODY) {
                    timeline.lay(patch.from, patch.until, others);
                }
            }
            Some(_) => timeline.change(patch.from, patch.until, |below| patch.over(below)),
        }
    }
    timeline.into_spans()
}

fn lay_turns(timeline: &mut Timeline, rotation: Rotation<'_>, from: Timestamp, until: Timestamp) {
    let turns = rotation.between(from, until);
    let ends = turns.iter().skip(1).map(|turn| turn.0).chain([until]);
    for ((from, number), until) in turns.iter().zip(ends) {
        if let Some(on_call) = rotation.turn(*number) {
            timeline.lay(*from, until, on_call);
        }
    }
}

#[cfg(test)]
mod tests;

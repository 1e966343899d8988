//! Who is on call at one instant.

use evenkeel_model::Schedule;
use evenkeel_time::Timestamp;

use crate::patch::patches;
use crate::rotation::Rotation;
use crate::{OnCall, State};

/// Who is on call, and why.
#[must_use]
pub fn on_call(schedule: &Schedule, overrides: &State, at: Timestamp) -> OnCall {
    let mut layers = schedule.layers.iter().rev();
    let mut found = layers.find_map(|layer| Rotation::of(layer).on_call(at)).unwrap_or(OnCall::NOBODY);
    for patch in patches(schedule, overrides).filter(|patch| patch.holds(at)) {
        if let Some(others) = patch.over(&found) {
            found = others;
        }
    }
    found
}

#[cfg(test)]
mod tests;

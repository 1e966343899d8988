//! When which workload was hit, how badly, and whether customers noticed: as far back as anybody is shown.
//!
//! Incidents themselves are forgotten once so many younger ones are closed; a spell is what is left of them: a workload,
//! a severity, a beginning and an end. An incident whose severity changes has several, one after the other, and one that is
//! opened again has a gap.
//!
//! Invariants: 1. A spell that has ended never changes. 2. What is kept is bounded, by time and in number.

mod spell;
mod state;

pub use spell::Spell;
pub use state::{KEPT_FOR, SPELLS_MAX, State};

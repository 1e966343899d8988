//! Rules of Prometheus: groups of them are evaluated together, and give alerts and recorded series.
//!
//! [`RuleSet`] is what the ops repo says, ready to be evaluated. [`evaluate`] takes the groups that are due at an instant,
//! in their order, and returns what follows: samples to be kept, alerts to be sent, and which alerts changed their state.
//! [`State`] is what has to be known from one evaluation to the next; what of it may not be lost comes back from records
//! through [`State::restore`]. [`Resident`] holds what rules read between evaluations, so that each selector is read once and
//! only for what is new. [`replay`] does the same work over a long time at once, with the same result.
//!
//! Nothing here reads a clock: [`State::next_due`] says when to come again.

mod alerting;
mod evaluate;
mod instance;
mod layered;
mod on_record;
mod outcome;
mod recorded;
mod recording;
mod replay;
mod resident;
mod schedule;
mod set;
mod state;

pub use evaluate::{evaluate, evaluate_all};
pub use instance::{AlertState, Instance};
pub use layered::Layered;
pub use outcome::{AlertChange, Evaluated, GroupRun, Options, Problem, RuleChange, SentAlert};
pub use recorded::Recorded;
pub use replay::{Replayed, Span, replay};
pub use resident::{Resident, ResidentOptions};
pub use schedule::slot;
pub use set::{Defaults, Group, Rule, RuleKey, RuleSet};
pub use state::{GroupState, Health, RuleState, State};

//! On call: who, now, next, and why; pure.
//!
//! A schedule is layers, the later over the earlier, and overrides over all. What the ops repo writes on wall clocks is
//! counted there, and each hand-over then is an instant: `docs/design/on-call.md` says how, at changes of the clocks too.
//!
//! ```text
//! layers ─▶ overrides of the ops repo ─▶ overrides set at run time ─▶ who ─▶ contacts, by rules and quiet hours
//! ```
//!
//! [`on_call`] asks about one instant, [`shifts`] about a stretch of time. Both say the same, and by different ways:
//! one looks for the last hand-over, the other lays shifts over each other. [`gaps`] knows only whether there is anybody.

mod because;
mod contacts;
mod current;
mod gaps;
mod load;
mod on_call;
mod overriding;
mod patch;
#[cfg(test)]
mod planned;
mod policy;
mod recipients;
mod rotation;
mod shifts;
mod state;
mod timeline;

pub use because::{Because, OnCall};
pub use contacts::contacts;
pub use current::{Stretch, current, next_after};
pub use gaps::gaps;
pub use load::{Load, load};
pub use on_call::on_call;
pub use overriding::{IncomingOverride, OverrideRefusal, decide_override, decide_remove_override};
pub use policy::{PolicyChoice, policy_for};
pub use recipients::{Recipient, Unresolved, recipients};
pub use shifts::{Span, shifts};
pub use state::{OVERRIDE_KEPT_FOR, Override, State};

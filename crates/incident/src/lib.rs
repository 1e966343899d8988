//! Incidents, who is paged for them until somebody answers, problems, and what others are told.
//!
//! Everything is a pure function of state, plan, what is known of alerts, and instant: `decide_*` looks and gives
//! records and lease changes, [`State::apply`] folds records in, [`decide_reaction`] says what follows from a record.
//!
//! ```text
//! group looked at ─▶ opened ─▶ escalated (step) ─▶ page opened ─▶ message intended ─▶ delivered
//!                      │          ▲    │                 │               └─▶ failing ─▶ failed
//!                      │          │    └─ nobody answers ┘                              │
//!                      │          └─────── all pages of the step failed ────────────────┘
//!                      ├─▶ acknowledged ─▶ ran out ─▶ asked again ─▶ next step
//!                      ├─▶ paused (silenced) ─▶ resumed: the step again
//!                      └─▶ resolved ─▶ closed, or opened again
//! ```
//!
//! Invariants, each checked in the simulator:
//! 1. While an incident is open, not paused and not unroutable, a next step is due.
//! 2. Steps are taken in order; none is left out, and none is taken early except when every page of the one before failed.
//! 3. A page ends as answered, failed, expired or superseded; it never disappears.
//! 4. What is paused, acknowledged or over pages nobody, and a pause ends in a page when it is still bad.

mod address;
mod apply;
mod armed;
mod command;
mod communicate;
mod compose;
mod deadline;
mod decision;
mod due;
mod erasure;
mod escalate;
mod group;
mod incident;
mod message;
mod orphans;
mod page;
mod paging;
mod planted;
mod problem;
mod problems;
mod react;
mod related;
mod sending;
mod severity;
mod state;
mod timeline;
mod volatile;

pub use address::{Address, Progress};
pub use command::{By, Command, CommandRefusal, Subject, TEXT_MAX, decide_command};
pub use deadline::Deadline;
pub use decision::{Alerts, Context, Decision, Lease, Standing};
pub use due::{LATE_AFTER, decide_deadline, decide_silences_changed, decide_started, decide_unwatched};
pub use escalate::{NextStep, next_step};
pub use group::{SeenGroup, decide_group, decide_standing};
pub use incident::{Acknowledged, Entry, Escalation, Incident, Paused, Phase, Resolved, Told, Unroutable};
pub use message::{PageMessage, UpdateMessage, UpdateText};
pub use orphans::orphans;
pub use page::{Page, PageStatus, Update, UpdateStatus};
pub use planted::Bug;
#[cfg(feature = "planted-bugs")]
pub use planted::plant;
pub(crate) use planted::planted;
pub use problem::Problem;
pub use react::decide_reaction;
pub use related::{Relation, direct_dependants, related};
pub use sending::{ToSend, decide_outcome, decide_resend, decide_unsendable};
pub use severity::severity;
pub use state::{CLOSED_KEPT, RECURS_WITHIN, State};
pub use volatile::Volatile;

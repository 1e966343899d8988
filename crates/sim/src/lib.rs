//! The simulator: the real engine on a modelled journal, among modelled senders, receivers, people and
//! clocks, in one thread, from one seed, in virtual time.
//!
//! ```text
//!  schedule ─▶ world ─▶ shell ─▶ Driver (the real one) ─▶ disk (modelled)
//!                ▲        │                                 │ durable records
//!                │        ├─ answers, effects               ▼
//!                └ sites ◀┘                     audit ─▶ ledger ─▶ owed
//! ```
//!
//! The ledger is an independent model: it is fed by durable records only, each of which must have a cause
//! among the inputs, and what it knows decides what is owed to whom. See `docs/design/simulator.md`.

mod answers;
mod audit;
mod cases;
mod catalogue;
mod clock;
mod disk;
mod duties;
mod facts;
mod foresight;
mod ledger;
mod machine;
mod messages;
mod owed;
mod people;
mod plans;
mod post;
mod random;
mod rates;
mod reference;
mod responders;
mod run;
mod schedule;
mod senders;
mod shell;
mod sites;
mod trace;
mod troubles;
mod violation;
mod world;

pub use disk::CrashPoint;
pub use random::Random;
pub use run::{Failed, Finished, Planted, Scenario};
pub use trace::Trace;
pub use violation::{Check, Violation};

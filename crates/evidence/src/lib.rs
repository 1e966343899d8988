//! Evidence: what the journal's records add up to, as tables that people and practices ask by SQL.
//!
//! The store is a projection with a cursor, kept apart from the journal, and may be deleted at any time: it is made
//! again. Rows have versions, so that it can be asked as of any record. [`Evidence`] brings it up to date; [`Reading`]
//! asks it, and is what a review of crate `lens` stands on.
//!
//! ```text
//! journal ──pages──▶ project (a record → its rows) ──▶ rows (versions, cache) ──▶ backend: SQLite, PostgreSQL
//!                                                                                     │
//!                        lens::Facts, query ◀── reading (checked SQL, limits) ◀───────┘
//! ```
//!
//! What holds: projected live and made again, the tables are the same; asked as of record N then and now, the answer is
//! the same, unless something was erased in between; SQLite and PostgreSQL answer the same. `docs/design/evidence.md`
//! says how.

#![expect(clippy::disallowed_methods, reason = "edge: files, a clock for limits, and waiting for another process")]

mod answer;
mod backend;
mod changed;
mod error;
mod evidence;
mod facts;
mod key;
mod lock;
mod page;
#[cfg(feature = "postgres")]
mod postgres;
mod project;
mod reading;
mod rows;
mod schema;
mod sqlite;
mod value;

pub use answer::{Answer, Cell, Limits};
pub use error::EvidenceError;
pub use evidence::{CaughtUp, Evidence, Progress, Rebuilt, WAIT};
pub use facts::ReviewFacts;
pub use page::evidence_page;
pub use reading::{AsOf, QueryFault, Reading};

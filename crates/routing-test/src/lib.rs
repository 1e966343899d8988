//! Tests of operations: what becomes of an alert, played on a virtual clock and compared with what should.
//!
//! Nothing is decided here a second time: [`play`] feeds a case's alerts to the engine that also serves, lets every
//! deadline come, takes every message as delivered, and writes down who was told and paged. [`judge`] compares that with
//! the case. [`run`] does so for all cases of an ops repo, and counts what they cover.

mod coverage;
mod judge;
mod play;
mod run;

pub use coverage::{Coverage, Covered};
pub use judge::judge;
pub use play::{Played, PlayedIncident, PlayedPage, Unplayable, play};
pub use run::{CaseResult, Report, run};

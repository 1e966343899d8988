//! Practices put to the test: scripts go through engine, journal and evidence, and ask the lens for verdicts in between.
//!
//! ```text
//! script ─▶ scenario::World (engine, virtual time) ─▶ records ─▶ Journal ─▶ Evidence ─▶ lens::review ─▶ verdict
//! ```
//!
//! Nothing is put into a table by hand: a verdict that a script reaches is one that the product reaches.

mod play;
mod record;

pub use play::{Played, Reached, play};
pub use record::Record;

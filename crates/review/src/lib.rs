//! How a review looks: for people on a terminal, on a page and on paper, and for programs.
//!
//! Everything here is a function of a [`Report`], which holds what was judged and what belongs beside it. Nothing is
//! judged here: the verdicts, and the order of what to do, are the lens's.

mod date;
mod diff;
mod fail_on;
mod fingerprint;
mod groups;
mod html;
mod impact;
mod json;
mod mark;
mod markdown;
mod number;
mod plan;
mod printable;
mod prose;
mod report;
mod sarif;
mod select;
mod summary;
mod text;
mod why;

pub use date::{day, length, minute};
pub use diff::{diff_json, diff_text};
pub use fail_on::{FailOn, NoSuchFault};
pub use groups::{First, Group, Member};
pub use html::SYMBOLS;
pub use impact::{impact_json, impact_text};
pub use json::review_schema;
pub use mark::{Mark, tally, tally_words};
pub use number::{counted, found, grouped, percent, size};
pub use plan::{Step, StepSubject, listed, steps};
pub use printable::line;
pub use prose::{Prose, Stretch, prose};
pub use report::{Milestone, Place, Report, TakenUp};
pub use select::{NotThere, practice, subject};
pub use summary::{Summary, capital, provenance, window};
pub use text::Style;
pub use why::why;

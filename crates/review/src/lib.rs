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

pub use diff::{diff_json, diff_text};
pub use fail_on::{FailOn, NoSuchFault};
pub use impact::{impact_json, impact_text};
pub use json::review_schema;
pub use report::{Milestone, Place, Report, TakenUp};
pub use select::{NotThere, practice, subject};
pub use text::Style;

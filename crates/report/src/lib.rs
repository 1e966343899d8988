//! How diagnostics look: frames on a terminal, one line, JSON, SARIF, annotations of a forge.
//!
//! Everything here is text out of values: files, clocks and terminals are the caller's.

mod difference;
mod github;
mod json;
mod line;
mod pages;
mod report;
mod sarif;
mod since;
mod tally;
mod text;

pub use difference::{difference_json, difference_text};
pub use json::{json, report_schema};
pub use line::one_line;
pub use pages::{PAGES, Page};
pub use report::{Report, word};
pub use since::Known;
pub use text::{Style, frames, text};

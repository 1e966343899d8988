//! How diagnostics look: frames on a terminal, one line, JSON.

mod text;

pub use text::{frames, json, one_line, text};

//! Revisions, held against the `git` program. Where there is none, nothing is tested.

#![expect(clippy::disallowed_methods, reason = "tests of an edge")]

mod history;
mod program;
mod revision;
mod shapes;

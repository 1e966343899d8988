//! The practices of the lens that comes with the program, put to the test.
//!
//! Beside each page of the lens lies a script, `lens/**/*.script`, with the notation of crate `scenario` and lines
//! `verdict SUBJECT VERDICT`. `PRACTICE=escalation cargo test -p evenkeel-practice-test` plays only those with that in their
//! path; with `TRANSCRIPT=1` it prints all that happened in them.

#![expect(clippy::disallowed_methods, reason = "tests read their scripts, and keep journals in temporary folders")]
#![expect(clippy::panic, clippy::indexing_slicing, reason = "what is not there, or fails, fails the test")]
#![allow(clippy::print_stderr, reason = "a test says what happened in its scripts")]

// The PostgreSQL that the evidence's own tests start.
#[path = "../../../evidence/tests/it/cluster.rs"]
mod cluster;
mod lens;
mod lies;
mod practices;
mod same;
mod scene;
mod text;
mod year;

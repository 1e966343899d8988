//! Expressions over series: scripts that say what they give, and random ones that give what Prometheus gives.
#![expect(clippy::disallowed_methods, reason = "scripts are files, and the peer is a program")]
#![expect(clippy::indexing_slicing, clippy::panic, reason = "what goes wrong here is a test that fails")]

mod chance;
mod classic;
mod compare;
mod differential;
mod expect;
mod run;
mod script;
mod scripts;
mod steps;

//! The engine against scripts in virtual time, and beside the real Alertmanager.
//!
//! `scenarios/*.script` says what happens and what must follow; `*.transcript` beside each is everything that did.
//! After a change that is meant, `UPDATE_TRANSCRIPTS=1 cargo test -p evenkeel-engine --test it` writes the
//! transcripts anew: read the difference before it is committed. `SCENARIO=silence` plays only scripts with that in
//! their name. The notation is told in crate `scenario`.

#![expect(clippy::disallowed_methods, reason = "tests read their scripts, and talk to a peer that lives in real time")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test ends where it fails, and says why it skips"
)]

mod declared;
mod erasure;
mod peer;
mod scenarios;
mod snapshot;
mod told;

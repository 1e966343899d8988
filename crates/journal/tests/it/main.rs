//! The journal against crashes, damage, and people who alter it.

#![expect(clippy::disallowed_methods, reason = "tests of an edge: files are what is tested")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test ends where it fails"
)]

mod backup;
mod bit_flips;
mod checkpoint;
mod commit;
mod erase;
mod export;
mod fixture;
mod folder;
mod golden;
mod killed;
mod properties;
mod resources;
mod snapshot;
mod tampering;
mod torn_tail;

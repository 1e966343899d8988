//! What the evidence promises: made again it is the same, asked then and now it says the same, and both engines agree.

#![expect(
    clippy::disallowed_methods,
    reason = "tests of an edge: files, and the environment for a page that is written"
)]
#![expect(clippy::print_stderr, reason = "says what is skipped")]
#![expect(clippy::indexing_slicing, reason = "tests")]

mod asked;
mod changed;
mod cluster;
mod docs;
mod engines;
mod projected;
mod queries;
mod robust;
mod same;
mod since;
mod stream;
mod world;

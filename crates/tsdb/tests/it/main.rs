//! The store from outside: what is appended is there, whatever happens in between.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests: they damage files on purpose, and say what they skip"
)]

mod basics;
mod damage;
mod full_disk;
mod killed;
mod model;
mod support;

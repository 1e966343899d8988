//! What `check` says, from outside: the pages of codes, and literate cases.

#![expect(clippy::disallowed_methods, reason = "tests read pages and cases, and write them anew when asked")]

mod bounds;
mod cases;
mod examples;
mod folder;
mod formats;
mod markdown;
mod pages;
mod planted;
mod properties;
mod repo;
mod sets;

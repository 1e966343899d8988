//! How a review looks, in every format.

#![expect(clippy::disallowed_methods, reason = "reads and writes the golden files and the published schema")]

#[path = "../fixture/shop.rs"]
mod shop;

mod compared;
mod golden;
mod machine;
mod page;
mod parts;
mod words;

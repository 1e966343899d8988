//! The formats from outside: literate cases, comparison with `amtool`, properties, speed.

#![expect(clippy::disallowed_methods, reason = "tests read their cases and write files for amtool")]

mod amtool;
mod bounds;
mod cases;
mod load;
mod page;
mod schema;
mod show;

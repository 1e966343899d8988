//! What a lens is made of, and what a review makes of the evidence.

#![expect(
    clippy::disallowed_methods,
    reason = "tests read the lens's pages, and write what is generated anew when asked"
)]
#![expect(clippy::indexing_slicing, reason = "what is not there fails the test")]

mod embedded;
mod fake;
mod moving;
mod properties;
mod resolving;
mod rollups;
mod rules;
mod table;

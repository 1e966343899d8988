//! Text formats of the ops repo ↔ plain values with places. No files, no clock.

pub mod yaml;

mod quote;

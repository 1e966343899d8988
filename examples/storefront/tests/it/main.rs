//! The shop as a whole: real services on real loopback ports, broken and repaired.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests: they stop at the first thing that is not as expected")]

mod buying;
mod failing;
mod process;
mod shop;
mod telemetry;
mod traffic;

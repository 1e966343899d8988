//! Objectives as files have them: the rules that come of them, and where they stand.

#![expect(clippy::panic, reason = "a test ends where it finds something else than expected")]

mod budgets;
mod generated;
mod repo;

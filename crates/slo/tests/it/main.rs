//! Objectives as files have them: the rules that come of them, and where they stand.

mod budgets;
mod generated;
mod repo;

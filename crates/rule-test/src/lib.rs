//! Unit tests of rules, in the form that `promtool test rules` takes: series, time that passes, and what is expected then.
//!
//! [`run`] plays every test of an ops repo, and judges as promtool does. [`coverage`] says which rules the tests touch.
//! Nothing is evaluated here a second time: the rules run as they do when they serve.

mod alerts;
mod coverage;
mod run;
mod samples;
mod scene;

pub use coverage::{RuleCoverage, coverage};
pub use run::{TestResult, run};

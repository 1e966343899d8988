//! Remote write from outside: messages made by hand, any bytes, and a real Prometheus.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "the test's server has a thread, and Prometheus a configuration file")]

mod any_bytes;
mod histograms;
mod message;
mod prometheus;
mod series;
mod show;

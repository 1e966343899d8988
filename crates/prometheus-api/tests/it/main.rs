//! The API from outside: requests and answers as text, and real clients.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "the test's server has a thread, and Prometheus a configuration file")]

mod clients;
mod faults;
mod fixture;
mod labels;
mod peer;
mod queries;
mod rules;
mod status;

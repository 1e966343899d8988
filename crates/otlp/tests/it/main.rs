//! OTLP from outside: requests made by hand and in JSON, a listener, and the real SDK of Python.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "where the SDK lies is said by the environment")]

mod any_bytes;
mod counting;
mod json;
mod labels;
mod listener;
mod message;
mod points;
mod sdk;
mod show;

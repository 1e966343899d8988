//! Unit tests of rules: what passes, what is said otherwise, and that promtool says the same.

#![expect(clippy::disallowed_methods, reason = "promtool reads files, and is another program")]
#![expect(clippy::print_stderr, reason = "a test that cannot run here says so")]

mod folder;
mod judged;
mod promtool;

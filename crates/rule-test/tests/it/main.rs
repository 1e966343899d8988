//! Unit tests of rules: what passes, what is said otherwise, and that promtool says the same.

#![expect(clippy::disallowed_methods, reason = "promtool reads files, and is another program")]

mod folder;
mod judged;
mod promtool;

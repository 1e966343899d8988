//! The ops repo as files, from outside: walking folders, loading, storing and loading again.

#![expect(clippy::disallowed_methods, reason = "tests write folders")]

mod folder;
mod stored;

//! The ops repo in git: the files that a revision holds, with the commit's author and time.
//!
//! [`discover`] finds the repository that a folder is in; [`Repository::resolve`] and [`Repository::read`] do the two
//! halves of [`read_revision`], so that whoever watches a branch resolves often and reads seldom. What of a revision
//! is read is decided where it is for folders, in `ops-source`: a revision is only another tree of files.
//! [`Repository::history`] says what was committed since, and nobody's name.
//!
//! Nothing is ever written, no configuration outside the repository counts, no program is started. So a repository
//! that belongs to somebody else may be read: nothing in it can make us do anything.

#![expect(clippy::disallowed_methods, reason = "edge: reads git repositories")]

mod commit;
mod error;
mod history;
mod repository;
mod tree;

pub use commit::{Commit, CommitId};
pub use error::Error;
pub use history::{PastCommit, Size};
pub use repository::{Repository, discover, read_revision};

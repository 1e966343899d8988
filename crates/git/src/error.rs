//! What can go wrong with a git repository.

use std::path::PathBuf;

use evenkeel_ops_source::TooMuch;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a revision could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder is not in the work tree of a git repository.
    #[error("`{}` is in no git repository, so it has no revisions", dir.display())]
    NoRepository {
        /// The folder.
        dir: PathBuf,
    },
    /// There is a repository, and it cannot be opened.
    #[error("cannot open the git repository of `{}`", dir.display())]
    Unopened {
        /// The folder.
        dir: PathBuf,
        /// Why.
        #[source]
        source: Cause,
    },
    /// The repository names its objects by a hash that is not read here.
    #[error("the git repository of `{}` uses SHA-256, which is not read yet; start with `--working-tree`", dir.display())]
    Sha256 {
        /// The folder.
        dir: PathBuf,
    },
    /// Nothing is called so.
    #[error("git knows no revision `{revision}`{hint}")]
    UnknownRevision {
        /// As it was asked for.
        revision: String,
        /// What may help, with its punctuation; may be empty.
        hint: String,
    },
    /// It is something else than a commit.
    #[error("`{revision}` is no commit")]
    NoCommit {
        /// As it was asked for.
        revision: String,
    },
    /// An object is missing or damaged.
    #[error("cannot read {what} of the git repository")]
    Unreadable {
        /// What.
        what: String,
        /// Why.
        #[source]
        source: Cause,
    },
    /// There is more than is read of any ops repo.
    #[error("the ops repo at commit {commit} is too large")]
    TooMuch {
        /// The commit, shortened.
        commit: String,
        /// Of what, and what helps.
        #[source]
        source: TooMuch,
    },
}

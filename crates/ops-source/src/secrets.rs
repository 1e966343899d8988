//! The secret values of an ops repo, apart from its text.

use evenkeel_model::Secret;

/// One file with its secret values blanked out; fit for a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactedFile {
    /// Relative to the ops repo, with `/`.
    pub path: String,
    /// The text, each secret value replaced by `<secret>`.
    pub text: String,
}

/// What was blanked out of the files of one plan; kept in a file only its owner can read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Secrets {
    pub(crate) values: Vec<Blanked>,
}

/// One blanked value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Blanked {
    /// The file.
    pub(crate) path: String,
    /// Byte offset of `<secret>` in the redacted text.
    pub(crate) at: usize,
    /// The original text.
    pub(crate) text: Secret,
}

/// Why redacted files and secrets do not go together.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RefillError {
    /// The file with the values is not one of ours.
    #[error("cannot read the stored secrets")]
    Unreadable,
    /// A value has no blank to go into.
    #[error("the stored secrets do not fit the stored file `{path}`")]
    Misplaced {
        /// The file.
        path: String,
    },
}

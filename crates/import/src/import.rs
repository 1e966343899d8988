//! What comes out of an import.

use evenkeel_diagnostic::{Diagnostic, Sources};

/// One file of the ops repo to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// Relative to the ops repo, with `/`.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// An ops repo made of a foreign text, and what has to be said about it.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// By path. None when a diagnostic blocks.
    pub files: Vec<ImportedFile>,
    /// Errors, and what was not carried over or only nearly; by place in the foreign text.
    pub diagnostics: Vec<Diagnostic>,
    /// The foreign text, with what is secret or personal masked.
    pub sources: Sources,
}

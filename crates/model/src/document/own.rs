//! Evenkeel's own documents.

use std::sync::Arc;

use evenkeel_diagnostic::Spanned;

/// One document with its `metadata`; names are unique within a kind.
#[derive(Debug, Clone)]
pub struct Declared<T> {
    /// `metadata.name`.
    pub name: Spanned<Box<str>>,
    /// `metadata.owner`.
    pub owner: Option<Spanned<Box<str>>>,
    /// What `spec` says.
    pub spec: T,
}

/// `kind: Organization`.
#[derive(Debug, Clone)]
pub struct Organization {
    /// The receiver of last resort.
    pub last_resort: Option<Spanned<Arc<str>>>,
}

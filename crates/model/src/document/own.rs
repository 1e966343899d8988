//! Evenkeel's own documents: what they have in common, and the organisation.

use std::sync::Arc;

use evenkeel_diagnostic::{Span, Spanned};

use crate::Priority;

/// The name of a document or of an entry in one, as declared or as referred to.
pub type Name = Spanned<Arc<str>>;

/// A reference with its kind, `person:ada`, as written.
pub type Reference = Spanned<Box<str>>;

/// One document with its `metadata`; names are unique within a kind.
#[derive(Debug, Clone)]
pub struct Declared<T> {
    /// `metadata.name`.
    pub name: Spanned<Box<str>>,
    /// `metadata.owner`.
    pub owner: Option<Reference>,
    /// What `spec` says.
    pub spec: T,
}

impl<T> Declared<T> {
    /// The name, shared.
    #[must_use]
    pub fn shared_name(&self) -> Name {
        Spanned::new(Arc::from(&*self.name.value), self.name.span)
    }
}

/// `kind: Organization`.
#[derive(Debug, Clone)]
pub struct Organization {
    /// `lastResort`.
    pub last_resort: Option<LastResortDocument>,
    /// `priorities`, first things first.
    pub priorities: Vec<Spanned<Priority>>,
}

/// `lastResort`.
#[derive(Debug, Clone)]
pub struct LastResortDocument {
    /// Where it is written.
    pub span: Span,
    /// Told directly when nothing can be made durable.
    pub receiver: Option<Name>,
    /// The policy for incidents that nobody else answers.
    pub policy: Option<Name>,
}

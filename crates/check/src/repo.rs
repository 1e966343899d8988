//! What is judged: an ops repo, read and resolved.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Span;
use evenkeel_ids::DocumentRef;
use evenkeel_model::document::Documents;
use evenkeel_model::{Catalogue, Plan};
use evenkeel_time::Timestamp;

use crate::places::Places;

/// An ops repo, read and resolved.
#[derive(Debug)]
pub struct Repo<'a> {
    /// What was written, with places.
    pub documents: &'a Documents,
    /// What it comes to, as far as it resolves.
    pub catalogue: &'a Catalogue,
    /// The plan, when nothing blocks and there is a routing tree.
    pub plan: Option<&'a Plan>,
    /// Every file of the ops repo, read or not, relative to it.
    pub paths: &'a BTreeSet<Box<str>>,
    /// The instant at which it is judged.
    pub at: Timestamp,
    places: Places,
}

impl<'a> Repo<'a> {
    /// Puts together what is judged.
    #[must_use]
    pub fn new(
        documents: &'a Documents,
        catalogue: &'a Catalogue,
        plan: Option<&'a Plan>,
        paths: &'a BTreeSet<Box<str>>,
        at: Timestamp,
    ) -> Self {
        Self { documents, catalogue, plan, paths, at, places: Places::of(documents, &catalogue.origin) }
    }

    /// Whether everything could be read; else what is missing may be written in what could not.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.documents.incomplete
    }

    /// Where a document is declared: its name.
    #[must_use]
    pub fn place(&self, document: &DocumentRef) -> Option<Span> {
        self.places.get(document)
    }
}

//! Lenses and their practices: Markdown pages whose front matter says `kind: Lens` or `kind: Practice`.
//!
//! What is said here is about the text; whether a verdict can be made from it is judged where lenses are resolved. In an
//! ops repo a faulty lens never blocks: nobody is paged by it.

mod block;
mod front;
#[cfg(test)]
mod tests;

use evenkeel_diagnostic::{Diagnostic, Severity, SourceId, Sources};
use evenkeel_model::document::{Documents, LensDocument, LensDocuments, PracticeDocument};

use crate::fields::Cx;
use crate::procedure::{self, Block};
use crate::yaml::Node;

/// The kinds of pages of a lens, as written.
pub(crate) const KINDS: [&str; 2] = [Kind::Lens.as_str(), Kind::Practice.as_str()];

/// What a page of a lens is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Lens,
    Practice,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Lens => "Lens",
            Self::Practice => "Practice",
        }
    }
}

/// The kind that a page says it is of, if it is one of these.
pub(crate) fn kind(text: &str) -> Option<Kind> {
    [Kind::Lens, Kind::Practice].into_iter().find(|kind| kind.as_str() == text)
}

/// The front matter of a page of a lens.
#[derive(Debug)]
pub(crate) enum LensFront {
    /// Of the lens itself.
    Lens(LensDocument),
    /// Of a practice.
    Practice(Box<PracticeDocument>),
}

/// Reads the front matter.
pub(crate) fn front_matter(kind: Kind, node: &Node, source: SourceId, cx: &mut Cx) -> LensFront {
    match kind {
        Kind::Lens => LensFront::Lens(front::lens(node, source, cx)),
        Kind::Practice => LensFront::Practice(Box::new(front::practice(node, source, cx))),
    }
}

impl LensFront {
    /// Adds what stands below the front matter.
    pub(crate) fn take_page(&mut self, path: &str, text: &str, begin: usize, blocks: &[Block], faulty: bool) {
        match self {
            Self::Lens(lens) => lens.path = path.into(),
            Self::Practice(practice) => {
                practice.path = path.into();
                practice.faulty = faulty;
                practice.blocks = block::blocks(blocks);
                practice.prose = block::prose(text, begin, blocks);
            }
        }
    }

    /// Puts the page to the others.
    pub(crate) fn keep(self, out: &mut LensDocuments) {
        match self {
            Self::Lens(lens) => out.lenses.push(lens),
            Self::Practice(practice) => out.practices.push(*practice),
        }
    }
}

/// Makes a finding of what would block.
pub(crate) const fn never_blocks(diag: &mut Diagnostic) {
    diag.severity = Severity::Finding;
}

/// Reads the pages of lenses among these files, with everything that is wrong in them. Other pages are passed over.
#[must_use]
pub fn lens_documents(sources: &Sources) -> (LensDocuments, Vec<Diagnostic>) {
    let (mut documents, mut diags) = (Documents::default(), Vec::new());
    for (id, source) in sources.iter().filter(|(_, source)| source.path.ends_with(".md")) {
        let (known, mut cx) = (documents.lens.len(), Cx::default());
        procedure::page(id, &source.path, &source.text, &mut documents, &mut cx);
        if documents.lens.len() > known || source.path.rsplit('/').next() == Some("lens.md") {
            diags.append(&mut cx.diags);
        }
    }
    (documents.lens, diags)
}

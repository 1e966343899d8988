//! What an import says about the foreign text, gathered while it is read.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Code, Diagnostic, Source, SourceId, Sources, Span};
use evenkeel_formats::mask;

use crate::{Import, ImportedFile};

/// The foreign text has this id in every span.
pub(crate) const SOURCE: SourceId = SourceId(0);

/// What is said about one foreign text.
#[derive(Debug)]
pub(crate) struct Report {
    source: Source,
    pub(crate) diags: Vec<Diagnostic>,
    secrets: Vec<Span>,
    said: BTreeSet<&'static str>,
}

impl Report {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        Self { source: Source::new(name, text), diags: Vec::new(), secrets: Vec::new(), said: BTreeSet::new() }
    }

    pub(crate) fn push(&mut self, diag: Diagnostic) {
        self.diags.push(diag);
    }

    /// A finding with its remedy.
    pub(crate) fn find(&mut self, code: Code, span: Span, headline: impl Into<String>, help: &str) {
        self.push(Diagnostic::finding(code, span, headline).help(help));
    }

    /// A finding that is said of its first place only.
    pub(crate) fn find_once(&mut self, code: Code, span: Span, headline: &'static str, help: &str) {
        if self.said.insert(headline) {
            self.find(code, span, headline, help);
        }
    }

    /// What stands there is secret or personal, and is not shown.
    pub(crate) fn hide(&mut self, span: Span) {
        self.secrets.push(span);
    }

    /// Whether something was said that blocks.
    pub(crate) fn blocks(&self) -> bool {
        self.blocks_since(0)
    }

    /// Whether something was said since a mark that blocks.
    pub(crate) fn blocks_since(&self, mark: usize) -> bool {
        self.diags.iter().skip(mark).any(Diagnostic::blocks)
    }

    /// How much has been said so far; for [`Report::since`].
    pub(crate) fn mark(&self) -> usize {
        self.diags.len()
    }

    /// The findings since a mark as comments, each with its place.
    pub(crate) fn since(&self, mark: usize) -> Vec<String> {
        self.diags.iter().skip(mark).filter(|diag| !diag.blocks()).map(|diag| self.comment(diag)).collect()
    }

    fn comment(&self, diag: &Diagnostic) -> String {
        let at = self.source.position(diag.primary.span.start);
        let mut text = format!("{}:{}:{}: {}: {}", self.source.path, at.line, at.column, diag.code, diag.headline);
        if let Some(help) = &diag.help {
            text.push_str("; ");
            text.push_str(help);
        }
        text
    }

    /// The result: these files unless something blocks, with everything that was said.
    pub(crate) fn finish(mut self, files: Vec<ImportedFile>) -> Import {
        let mut sources = Sources::default();
        sources.add(Source::new(self.source.path.clone(), mask(&self.source.text, &self.secrets)));
        let files = if self.blocks() { Vec::new() } else { files };
        self.diags.sort_by_key(|diag| (diag.primary.span.start, diag.primary.span.end));
        self.diags.dedup();
        Import { files, diagnostics: self.diags, sources }
    }
}

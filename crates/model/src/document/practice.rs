//! Lenses and practices as parsed: Markdown pages with front matter, and the fenced SQL of practices.

use evenkeel_diagnostic::{Span, Spanned, Written};
use evenkeel_time::Duration;

use super::Text;

/// The pages of all lenses that were read, in the order of the files.
#[derive(Debug, Clone, Default)]
pub struct LensDocuments {
    /// `kind: Lens`.
    pub lenses: Vec<LensDocument>,
    /// `kind: Practice`.
    pub practices: Vec<PracticeDocument>,
}

impl LensDocuments {
    /// How many pages there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lenses.len() + self.practices.len()
    }

    /// Whether nothing of a lens was read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A page with `kind: Lens`: what the practices in its folder, and below, are of.
#[derive(Debug, Clone)]
pub struct LensDocument {
    /// The file's path.
    pub path: Box<str>,
    /// The file's beginning.
    pub span: Span,
    /// `name`.
    pub name: Option<Text>,
    /// `title`.
    pub title: Option<Text>,
    /// `questions`, in the order of the file.
    pub questions: Vec<QuestionDocument>,
}

/// One of `questions`.
#[derive(Debug, Clone)]
pub struct QuestionDocument {
    /// `id`.
    pub id: Text,
    /// `title`.
    pub title: Option<Text>,
    /// `area`.
    pub area: Option<Text>,
}

/// A page with `kind: Practice`. What is not there, or of a wrong type, was reported.
#[derive(Debug, Clone)]
pub struct PracticeDocument {
    /// The file's path.
    pub path: Box<str>,
    /// The file's beginning.
    pub span: Span,
    /// Whether something of it could not be read.
    pub faulty: bool,
    /// `key`.
    pub key: Option<Text>,
    /// `aliases`.
    pub aliases: Vec<Text>,
    /// `title`.
    pub title: Option<Text>,
    /// `question`.
    pub question: Option<Text>,
    /// `subject`.
    pub subject: Option<Text>,
    /// `further`.
    pub further: bool,
    /// `risk`.
    pub risk: Option<Text>,
    /// `window`.
    pub window: Option<Spanned<Duration>>,
    /// `sample`.
    pub sample: Option<Spanned<u64>>,
    /// `freshness`.
    pub freshness: Option<Spanned<Duration>>,
    /// `tolerance`, as it is spelt.
    pub tolerance: Option<Text>,
    /// `attestation`.
    pub attestation: Option<Text>,
    /// `mechanism`.
    pub mechanism: Option<Text>,
    /// `next`: verdict and step.
    pub next: Vec<(Text, Text)>,
    /// Fenced `sql` with a word behind it, in the order of the file.
    pub blocks: Vec<BlockDocument>,
    /// The page without front matter and blocks.
    pub prose: Box<str>,
}

/// A fenced block of SQL with a word behind it.
#[derive(Debug, Clone)]
pub struct BlockDocument {
    /// The word: `declared`, `practised` or `contradicted`, if it is right.
    pub sort: Text,
    /// The query.
    pub sql: Written,
    /// Whether there is a fence at its end.
    pub closed: bool,
}

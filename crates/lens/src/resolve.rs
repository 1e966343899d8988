//! Pages become lenses: words are looked up, shares and samples checked, queries read.
//!
//! A practice is of the lens whose page lies in its folder or nearest above. What is wrong is an error at its place; the
//! practice is left out of the lens then, and the rest is still there.

mod block;
mod head;
mod practice;
mod word;

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Sources, Span};
use evenkeel_model::document::{LensDocument, LensDocuments, PracticeDocument, Text};
use evenkeel_model::{codes, quoted};
use evenkeel_record::Hash;

use crate::practice::{Lens, LensIdentity, Practice, Question};

/// What pages come to.
#[derive(Debug, Default)]
pub struct Resolved {
    /// In the order of their pages.
    pub lenses: Vec<Lens>,
    /// What is wrong, in the order of the pages.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes lenses of what was read. The texts are needed for the lenses' hashes only.
#[must_use]
pub fn resolve(documents: &LensDocuments, texts: &Sources) -> Resolved {
    let mut diagnostics = Vec::new();
    let folders = folders(documents, &mut diagnostics);
    let mut of_lens: BTreeMap<&str, Vec<&PracticeDocument>> = BTreeMap::new();
    for practice in &documents.practices {
        match nearest(&folders, &practice.path) {
            Some(folder) => of_lens.entry(folder).or_default().push(practice),
            None => diagnostics.push(without_lens(practice)),
        }
    }
    let mut lenses = Vec::new();
    for lens in &documents.lenses {
        let folder = folder(&lens.path);
        if folders.get(folder).is_some_and(|first| first.path == lens.path) {
            let own = of_lens.remove(folder).unwrap_or_default();
            lenses.push(one(lens, &own, texts, &mut diagnostics));
        }
    }
    diagnostics.sort_by_key(|diag| diag.primary.span);
    Resolved { lenses: lenses.into_iter().flatten().collect(), diagnostics }
}

/// The folder of a path, with `/` at its end; empty at the root.
fn folder(path: &str) -> &str {
    path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("")
}

fn folders<'a>(documents: &'a LensDocuments, diags: &mut Vec<Diagnostic>) -> BTreeMap<&'a str, &'a LensDocument> {
    let mut folders: BTreeMap<&str, &LensDocument> = BTreeMap::new();
    for lens in &documents.lenses {
        if let Some(first) = folders.get(folder(&lens.path)) {
            let diag = Diagnostic::error(codes::INVALID_PRACTICE, lens.span, "the folder has two lenses");
            diags.push(diag.related(first.span, "the other one").help("put each into a folder of its own"));
        } else {
            folders.insert(folder(&lens.path), lens);
        }
    }
    folders
}

fn nearest<'a>(folders: &BTreeMap<&'a str, &LensDocument>, path: &str) -> Option<&'a str> {
    folders.keys().copied().filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.len())
}

fn without_lens(practice: &PracticeDocument) -> Diagnostic {
    let place = practice.key.as_ref().map_or(practice.span, |key| key.span);
    let diag = Diagnostic::error(codes::PRACTICE_WITHOUT_LENS, place, "the practice is of no lens");
    diag.help("write a page with `kind: Lens` into its folder or one above, such as `lens.md`, with the questions")
}

fn one(
    document: &LensDocument,
    practices: &[&PracticeDocument],
    texts: &Sources,
    diags: &mut Vec<Diagnostic>,
) -> Option<Lens> {
    let questions = head::questions(document, diags);
    let mut resolved: Vec<Arc<Practice>> =
        practices.iter().filter_map(|practice| practice::practice(practice, document, &questions, diags)).collect();
    duplicates(practices, diags);
    let place = |practice: &Practice| questions.iter().position(|question| question.id == practice.question);
    resolved.sort_by(|a, b| (place(a), a.further, &a.key).cmp(&(place(b), b.further, &b.key)));
    resolved.dedup_by(|again, first| again.key == first.key);
    let name: Arc<str> = document.name.as_ref()?.value.as_ref().into();
    let title = document.title.as_ref().map_or_else(|| Arc::clone(&name), |title| title.value.as_ref().into());
    let hash = hash(document, practices, texts);
    Some(Lens { identity: LensIdentity { name, title, hash }, questions, practices: resolved })
}

/// Keys and aliases are what records name a practice by, so each is one practice's alone.
fn duplicates(practices: &[&PracticeDocument], diags: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    let names = |practice: &&'_ PracticeDocument| -> Vec<Text> {
        practice.key.iter().chain(&practice.aliases).cloned().collect()
    };
    let all: Vec<Text> = practices.iter().flat_map(names).collect();
    for name in &all {
        if let Some(first) = known.get(&*name.value) {
            let headline = format!("two practices are called {}", quoted(&name.value));
            let diag = Diagnostic::error(codes::DUPLICATE_PRACTICE, name.span, headline);
            diags.push(diag.related(*first, "first here").help("give one of the two another key or alias"));
        } else {
            known.insert(&name.value, name.span);
        }
    }
}

/// SHA-256 over the paths below the lens's folder and the texts, by path, each with its length in front.
fn hash(document: &LensDocument, practices: &[&PracticeDocument], texts: &Sources) -> Hash {
    let below = folder(&document.path).len();
    let pages = practices.iter().map(|practice| (&*practice.path, practice.span));
    let mut pages: Vec<(&str, &str)> = pages
        .chain([(&*document.path, document.span)])
        .map(|(path, span)| (path, texts.get(span.source).map_or("", |source| &*source.text)))
        .collect();
    pages.sort_unstable();
    let mut bytes = Vec::new();
    for part in pages.into_iter().flat_map(|(path, text)| [path.get(below..).unwrap_or(path), text]) {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    Hash::of(&[&bytes])
}

/// A question of the lens.
fn known_question<'a>(questions: &'a [Question], id: &str) -> Option<&'a Question> {
    questions.iter().find(|question| &*question.id == id)
}

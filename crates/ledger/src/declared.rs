//! What the documents of the ops repo say is kept on record: the difference to what they said before.

use evenkeel_record::{Declaration, DeclarationKey, DocumentsDeclared};

use crate::State;
use crate::digest::Digest;

/// So many documents stand in one record, and so many that are gone.
pub const DECLARATIONS_PER_RECORD: usize = 500;

/// What is to be recorded of what the documents say now; nothing when they say what they said.
#[must_use]
pub fn decide_declared(state: &State, now_declared: Vec<Declaration>) -> Vec<DocumentsDeclared> {
    let there: std::collections::BTreeSet<DeclarationKey> = now_declared.iter().map(Declaration::key).collect();
    let gone: Vec<DeclarationKey> = state.declared.keys().filter(|key| !there.contains(*key)).cloned().collect();
    let news = |declaration: &Declaration| {
        let before = state.declared.get(&declaration.key());
        before.is_none_or(|before| before.says != Digest::of_document(declaration))
    };
    let news: Vec<Declaration> = now_declared.into_iter().filter(news).collect();
    let records = news.len().max(gone.len()).div_ceil(DECLARATIONS_PER_RECORD);
    let (mut news, mut gone) = (news.into_iter(), gone.into_iter());
    let mut next = || DocumentsDeclared {
        declared: news.by_ref().take(DECLARATIONS_PER_RECORD).collect(),
        withdrawn: gone.by_ref().take(DECLARATIONS_PER_RECORD).collect(),
    };
    (0..records).map(|_| next()).collect()
}

#[cfg(test)]
mod tests;

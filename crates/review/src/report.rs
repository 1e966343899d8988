//! What is reported: a review, and what belongs beside it.

use std::collections::BTreeMap;

use evenkeel_ids::{DocumentRef, ImprovementId};
use evenkeel_lens::{Counts, Improvement, Review};
use evenkeel_time::Timestamp;

/// A review, and what belongs beside it.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What was judged.
    pub review: &'a Review,
    /// What to do, the most urgent first.
    pub plan: &'a [Improvement],
    /// What of it somebody has taken up.
    pub taken: &'a [TakenUp],
    /// How it was before, the oldest first; may be empty.
    pub milestones: &'a [Milestone],
    /// Where the ops repo declares a subject, by `workload:shop` or `team:payments`; may be empty.
    pub places: &'a BTreeMap<Box<str>, Place>,
    /// The version of Evenkeel.
    pub version: &'a str,
}

/// An improvement that somebody has taken up and that is not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenUp {
    /// Which.
    pub id: ImprovementId,
    /// The practice's key.
    pub practice: Box<str>,
    /// For which subject, by name.
    pub subject: Box<str>,
    /// Who does it.
    pub owner: DocumentRef,
    /// Since when.
    pub opened_at: Timestamp,
    /// How often it was closed and the practice failed again.
    pub reopened: u32,
}

/// A named state of before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Its name.
    pub name: Box<str>,
    /// The end of its windows.
    pub to: Timestamp,
    /// Verdicts of the practices that count.
    pub counts: Counts,
}

/// A place in the ops repo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As seen from the root of what is reviewed.
    pub path: Box<str>,
    /// From 1.
    pub line: usize,
}

impl Report<'_> {
    /// Who has taken up a practice for a subject.
    #[must_use]
    pub fn taken(&self, practice: &str, subject: &str) -> Option<&TakenUp> {
        self.taken.iter().find(|taken| &*taken.practice == practice && &*taken.subject == subject)
    }
}

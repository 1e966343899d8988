//! What moved between two reviews, and which records moved it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::{DocumentRef, Seq};

use crate::practice::LensIdentity;
use crate::review::{At, Judged, PracticeReview, Review};
use crate::subject::SubjectKind;
use crate::verdict::Standing;
use crate::why::Why;

/// What is different in a later review.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// Of what the first one is.
    pub before: At,
    /// Of what the second one is.
    pub after: At,
    /// Both lenses, where they differ, so that what moved may have moved by that.
    pub lenses: Option<(LensIdentity, LensIdentity)>,
    /// In the order of the second one's practices, then by subject. What is only in the first comes last.
    pub moved: Vec<Moved>,
}

/// A verdict that is another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The practice's key.
    pub practice: Arc<str>,
    /// What it is called.
    pub title: Arc<str>,
    /// Whether it is beyond those that count.
    pub further: bool,
    /// What sort of subject.
    pub kind: SubjectKind,
    /// Which.
    pub subject: Arc<str>,
    /// Who answers for the subject.
    pub owner: Option<DocumentRef>,
    /// What it was; `None` when it was not judged.
    pub from: Option<Standing>,
    /// What it is; `None` when it is not judged any more.
    pub to: Option<Standing>,
    /// The records that are new and that the new verdict stands on, highest first. None when only time has passed.
    pub records: Vec<Seq>,
    /// Why the verdict is what it is now.
    pub why: Option<Why>,
}

impl Moved {
    /// Whether it got worse; `None` when it was not, or is not, judged.
    #[must_use]
    pub fn worse(&self) -> Option<bool> {
        let rank = |standing: Standing| (standing.verdict.badness(), !standing.reported);
        Some(rank(self.to?) < rank(self.from?))
    }
}

/// Compares two reviews; the second is the later one.
#[must_use]
pub fn diff(before: &Review, after: &Review) -> Diff {
    let lenses = (before.lens != after.lens).then(|| (before.lens.clone(), after.lens.clone()));
    let moved = moved(before, after);
    Diff { before: before.at, after: after.at, lenses, moved }
}

fn moved(before: &Review, after: &Review) -> Vec<Moved> {
    let known: BTreeMap<&str, &PracticeReview> =
        before.practices.iter().map(|practice| (&*practice.key, practice.as_ref())).collect();
    let mut moved = Vec::new();
    for practice in &after.practices {
        let old = known.get(&*practice.key).copied();
        for judged in &practice.verdicts {
            let was = old.and_then(|old| old.judged(&judged.subject));
            if was.map(Judged::standing) != Some(judged.standing()) {
                moved.push(change(after, practice, was, Some(judged), before.at.seq));
            }
        }
    }
    for practice in &before.practices {
        let new = after.practices.iter().find(|new| new.key == practice.key);
        let gone = |judged: &&Judged| new.is_none_or(|new| new.judged(&judged.subject).is_none());
        let gone = practice.verdicts.iter().filter(gone);
        moved.extend(gone.map(|judged| change(before, practice, Some(judged), None, before.at.seq)));
    }
    moved
}

fn change(of: &Review, practice: &PracticeReview, was: Option<&Judged>, is: Option<&Judged>, seq: Seq) -> Moved {
    let known: BTreeSet<Seq> = was.iter().flat_map(|judged| judged.refs.iter().copied()).collect();
    let refs = is.map_or(&[][..], |judged| judged.refs.as_slice());
    let records = refs.iter().copied().filter(|record| *record > seq && !known.contains(record)).collect();
    let subject = is.or(was).map_or_else(|| Arc::from(""), |judged| Arc::clone(&judged.subject));
    Moved {
        practice: Arc::clone(&practice.key),
        title: Arc::clone(&practice.title),
        further: practice.further,
        kind: practice.subject_kind,
        owner: of.subjects.owner(practice.subject_kind, &subject),
        subject,
        from: was.map(Judged::standing),
        to: is.map(Judged::standing),
        records,
        why: is.map(|judged| judged.why.clone()),
    }
}

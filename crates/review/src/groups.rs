//! Verdicts that are alike, together: one practice, one verdict, all subjects that have it.

use evenkeel_lens::{Judged, PracticeReview, Review, Risk};

use crate::mark::Mark;

/// Subjects that have the same verdict on a practice.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// Which practice.
    pub practice: &'a PracticeReview,
    /// Those of the best tier first, then by name.
    pub members: Vec<Member<'a>>,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// What was judged.
    pub judged: &'a Judged,
    /// How much hangs on it, 1 is the most.
    pub tier: u8,
}

impl<'a> Group<'a> {
    /// The best tier in it.
    #[must_use]
    pub fn tier(&self) -> u8 {
        self.members.first().map_or(u8::MAX, |member| member.tier)
    }

    /// The smallest step that would move the verdict.
    #[must_use]
    pub fn next(&self) -> Option<&'a str> {
        self.members.iter().find_map(|member| member.judged.next.as_deref())
    }
}

/// Groups of this verdict: by tier, then by risk, those that do not count behind those that do.
pub(crate) fn groups(review: &Review, mark: Mark) -> Vec<Group<'_>> {
    let found = review.practices.iter().filter_map(|practice| group(review, practice, mark));
    let mut groups: Vec<Group<'_>> = found.collect();
    // Stable, so that what is alike stays in the order of the lens.
    groups.sort_by_key(|group| (group.practice.further, group.tier(), group.practice.risk));
    groups
}

fn group<'a>(review: &Review, practice: &'a PracticeReview, mark: Mark) -> Option<Group<'a>> {
    let tier = |judged: &Judged| review.subjects.tier(practice.subject_kind, &judged.subject);
    let alike = practice.verdicts.iter().filter(|judged| Mark::judged(judged) == mark);
    let mut members: Vec<Member<'a>> = alike.map(|judged| Member { judged, tier: tier(judged) }).collect();
    members.sort_by_key(|member| member.tier);
    (!members.is_empty()).then_some(Group { practice, members })
}

/// What a reader has to know before anything else, in this order.
#[derive(Debug)]
pub struct First<'a> {
    /// What the record contradicts.
    pub contradicted: Vec<Group<'a>>,
    /// What was done and no longer shows.
    pub stale: Vec<Group<'a>>,
    /// Of what nothing is known although its absence is of high risk.
    pub unknown: Vec<Group<'a>>,
}

impl<'a> First<'a> {
    /// Of a review.
    #[must_use]
    pub fn of(review: &'a Review) -> Self {
        let mut unknown = groups(review, Mark::Unknown);
        unknown.retain(|group| group.practice.risk == Risk::High && !group.practice.further);
        Self { contradicted: groups(review, Mark::Contradicted), stale: groups(review, Mark::Stale), unknown }
    }
}

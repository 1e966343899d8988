//! What was committed since: who wrote each commit and who looked at it, as pseudonyms; how large it was; whether it is
//! signed.
//!
//! Nobody's name or address comes out of here. A pseudonym is the same wherever the same address is written, so that
//! "somebody else looked at it" can be told, and who it was cannot. It is no secret either: whoever has an address can
//! compute its pseudonym.
//!
//! A merge is no commit of its own, since it repeats what it brings. Whoever merges the commits of others looked at them,
//! and counts as their reviewer.

mod pseudonym;
mod review;
mod size;

use std::collections::BTreeMap;

use evenkeel_time::Timestamp;
use gix::ObjectId;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;

use crate::repository::unreadable;
use crate::{CommitId, Error, Repository};

/// So many commits are looked at, to find those that changed the folder.
const WALKED_MAX: usize = 10_000;

/// A commit as it is told: nothing about a person but pseudonyms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCommit {
    /// Its hash.
    pub id: CommitId,
    /// When it was committed.
    pub committed_at: Timestamp,
    /// Who wrote it: `author:` and 12 hexadecimal digits.
    pub author: String,
    /// Who looked at it besides, in order.
    pub reviewers: Vec<String>,
    /// Whether it carries a signature; whether that is good is not checked.
    pub signed: bool,
    /// How much it changed; `None` where the clone does not hold what it changed.
    pub size: Option<Size>,
}

/// How much a commit changed of the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Files.
    pub files: u64,
    /// Lines that came or went; one that only moved counts for nothing.
    pub lines: u64,
}

/// A commit on the way.
struct Walked {
    id: ObjectId,
    parents: Vec<ObjectId>,
    pseudonym: String,
}

impl Repository {
    /// The newest commits up to `tip` that changed the folder, the oldest first, at most `max`; none that `since` has too.
    ///
    /// Where `since` is not there any more, as after a push that replaced history, it counts as not given.
    ///
    /// # Errors
    /// [`Error::Unreadable`].
    pub fn history(&self, tip: CommitId, since: Option<CommitId>, max: usize) -> Result<Vec<PastCommit>, Error> {
        let walked = self.walk(tip.0, since.map(|since| since.0))?;
        let mergers = review::mergers(tip.0, &walked);
        let mut found = Vec::new();
        for commit in walked.iter().filter(|commit| commit.parents.len() < 2) {
            if found.len() == max {
                break;
            }
            found.extend(self.past(commit, &mergers)?);
        }
        found.reverse();
        Ok(found)
    }

    /// The newest first.
    fn walk(&self, tip: ObjectId, since: Option<ObjectId>) -> Result<Vec<Walked>, Error> {
        let fault = |error| unreadable("the history", error);
        let known = since.filter(|since| self.repo.find_commit(*since).is_ok());
        let sorting = Sorting::ByCommitTime(CommitTimeOrder::NewestFirst);
        let walk = self.repo.rev_walk([tip]).with_hidden(known).sorting(sorting).all().map_err(fault)?;
        let mut walked = Vec::new();
        for info in walk.take(WALKED_MAX) {
            let info = info.map_err(fault)?;
            let commit = self.repo.find_commit(info.id).map_err(fault)?;
            let author = commit.author().ok();
            let pseudonym =
                author.map_or_else(|| pseudonym::of(b""), |author| pseudonym::of_signature(author.name, author.email));
            walked.push(Walked { id: info.id, parents: info.parent_ids.to_vec(), pseudonym });
        }
        Ok(walked)
    }

    /// The commit, if it changed anything in the folder.
    fn past(&self, walked: &Walked, mergers: &BTreeMap<ObjectId, String>) -> Result<Option<PastCommit>, Error> {
        let id = CommitId(walked.id);
        let fault = |error| unreadable(&format!("commit {}", id.short()), error);
        let commit = self.repo.find_commit(walked.id).map_err(fault)?;
        let size = size::of(&self.repo, &commit, walked.parents.first().copied(), &self.folder).map_err(fault)?;
        if size == Some(Size::default()) {
            return Ok(None);
        }
        let message = commit.message_raw_sloppy();
        let looked = review::trailers(message).chain(mergers.get(&walked.id).cloned());
        let mut reviewers: Vec<String> = looked.filter(|reviewer| *reviewer != walked.pseudonym).collect();
        reviewers.sort();
        reviewers.dedup();
        let decoded = commit.decode().map_err(fault)?;
        let signed = decoded.extra_headers.iter().any(|(name, _)| name.starts_with(b"gpgsig"));
        let seconds = commit.time().map_or(0, |time| time.seconds);
        Ok(Some(PastCommit {
            id,
            committed_at: Timestamp(seconds.saturating_mul(1000)),
            author: walked.pseudonym.clone(),
            reviewers,
            signed,
            size,
        }))
    }
}

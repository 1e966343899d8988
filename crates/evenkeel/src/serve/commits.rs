//! The ops repo's own commits become facts that were observed.
//!
//! Evenkeel reads them itself, so nobody has to be believed. At a start those are told that came since the newest one
//! that is known; where none is known, the newest few, so that a long history does not fill the journal.

use std::sync::Arc;

use evenkeel_engine::{Input, Submission};
use evenkeel_fact::IncomingFact;
use evenkeel_git::PastCommit;
use evenkeel_record::{Actor, FactValue, Origin};
use evenkeel_time::Timestamp;

use super::clock::wall_now;
use super::desk::Shared;
use super::inbox::Item;
use super::reading::Reader;

/// Who tells them.
const SOURCE: &str = "ops-repo";
const KIND: &str = "commit";
/// So many are told where none is known.
const FIRST_MAX: usize = 100;
/// So many are told that came since.
const SINCE_MAX: usize = 1000;

/// Tells the commits up to the one that serves, at a start.
pub(crate) fn tell_at_start(shared: &Shared, reader: &Reader) {
    let mut commits = reader.history(None, FIRST_MAX);
    if more_may_have_come(shared, &commits) {
        let more = reader.history(None, SINCE_MAX);
        if known(shared, &more).is_some() {
            commits = more;
        }
    }
    let news = known(shared, &commits).map_or(0, |known| known + 1);
    tell(shared, commits.get(news..).unwrap_or_default());
}

/// Whether facts are known, and none of these commits is.
fn more_may_have_come(shared: &Shared, commits: &[PastCommit]) -> bool {
    let first = shared.driver().engine().state().ledger.facts.is_empty();
    !first && !commits.is_empty() && known(shared, commits).is_none()
}

/// The place of the newest one that is known.
fn known(shared: &Shared, commits: &[PastCommit]) -> Option<usize> {
    let driver = shared.driver();
    let facts = &driver.engine().state().ledger.facts;
    commits.iter().rposition(|commit| facts.known(KIND, &commit.id.to_string()).is_some())
}

/// Tells the commits that came since the one that served before.
pub(crate) fn tell_since(shared: &Shared, reader: &Reader) {
    let told = reader.told();
    tell(shared, &reader.history(told, if told.is_some() { SINCE_MAX } else { FIRST_MAX }));
}

fn tell(shared: &Shared, commits: &[PastCommit]) {
    if commits.is_empty() {
        return;
    }
    let now = wall_now();
    let facts = commits.iter().map(|commit| fact(commit, now)).collect();
    let input = Input::Report { facts, origin: Origin::Observed };
    shared.inbox.put(Item::Own(Submission { actor: Actor(SOURCE.into()), input }));
}

/// A commit as a fact. One from a clock that is ahead happened now.
fn fact(commit: &PastCommit, now: Timestamp) -> IncomingFact {
    let id = commit.id.to_string();
    let whole = |number: u64| FactValue::Whole(i64::try_from(number).unwrap_or(i64::MAX).min(evenkeel_fact::WHOLE_MAX));
    let reviewers = commit.reviewers.iter().take(evenkeel_fact::LIST_ITEMS_MAX);
    let said = [
        ("commit", Some(FactValue::text(&id))),
        ("author", Some(FactValue::text(&commit.author))),
        ("reviewers", Some(FactValue::list(reviewers))),
        ("signed", Some(FactValue::Flag(commit.signed))),
        ("size", commit.size.map(|size| whole(size.lines))),
        ("files", commit.size.map(|size| whole(size.files))),
    ];
    let fields = said.into_iter().filter_map(|(name, value)| Some((name.into(), value?))).collect();
    IncomingFact {
        kind: KIND.into(),
        key: id.into(),
        source: Arc::from(SOURCE),
        occurred_at: commit.committed_at.min(now).max(evenkeel_fact::AT_MIN),
        workload: None,
        team: None,
        person: None,
        fields,
    }
}

//! Who looked at a commit: whom its message names, and who merged it.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;

use super::{Walked, pseudonym};

/// So many lines of a message are looked at.
const LINES_MAX: usize = 10_000;
const TRAILER: &[u8] = b"reviewed-by:";

/// Whom the trailers `Reviewed-by: Name <address>` name.
pub(super) fn trailers(message: &[u8]) -> impl Iterator<Item = String> + '_ {
    message
        .split(|byte| *byte == b'\n')
        .take(LINES_MAX)
        .filter_map(|line| {
            let (name, rest) = line.trim_ascii().split_at_checked(TRAILER.len())?;
            name.eq_ignore_ascii_case(TRAILER).then_some(rest)
        })
        .map(|person| {
            let address =
                person.split(|byte| *byte == b'<').nth(1).and_then(|rest| rest.split(|byte| *byte == b'>').next());
            pseudonym::of_signature(person, address.unwrap_or_default())
        })
}

/// Who merged each commit that came by a merge into the line of first parents.
pub(super) fn mergers(tip: ObjectId, walked: &[Walked]) -> BTreeMap<ObjectId, String> {
    let known: BTreeMap<ObjectId, &Walked> = walked.iter().map(|commit| (commit.id, commit)).collect();
    let mut line = Vec::new();
    let mut next = known.get(&tip);
    while let Some(commit) = next {
        line.push(*commit);
        next = commit.parents.first().and_then(|parent| known.get(parent));
    }
    let mut seen: BTreeSet<ObjectId> = line.iter().map(|commit| commit.id).collect();
    let mut mergers = BTreeMap::new();
    // The oldest merge first: what it brought is not brought by a later one.
    for merge in line.iter().rev() {
        let mut brought: Vec<ObjectId> = merge.parents.iter().skip(1).copied().collect();
        while let Some(id) = brought.pop() {
            let Some(commit) = known.get(&id).filter(|_| seen.insert(id)) else { continue };
            mergers.insert(id, merge.pseudonym.clone());
            brought.extend(commit.parents.iter().copied());
        }
    }
    mergers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailers_name_reviewers_by_their_address() {
        let message = b"shop: page earlier\n\nReviewed-by: Bob <bob@example.com>\nreviewed-BY: bob@example.com\nAcked-by: c <c@x>\nReviewed-by:";
        let bob = pseudonym::of(b"bob@example.com");
        assert_eq!(trailers(message).collect::<Vec<_>>(), [bob.clone(), bob, pseudonym::of(b"")]);
    }
}

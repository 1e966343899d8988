//! What a dead link probably meant.

use std::collections::BTreeSet;

use evenkeel_diagnostic::did_you_mean;

/// Longer names are not compared.
const NAME_COMPARED_BYTES_MAX: usize = 64;
/// In larger folders names are not compared.
const NAMES_COMPARED_MAX: usize = 2_000;
/// A suggestion may cost a look at every path, so only the first dead links get one.
const SUGGESTED_MAX: usize = 50;

/// Gives the first dead links what they probably meant.
#[derive(Debug, Default)]
pub(super) struct Suggestions {
    given: usize,
}

impl Suggestions {
    /// The path that was probably meant by one that is not there.
    pub(super) fn path<'a>(&mut self, paths: &'a BTreeSet<Box<str>>, wrong: &str) -> Option<&'a str> {
        self.given += 1;
        if self.given > SUGGESTED_MAX {
            return None;
        }
        let same = || paths.iter().find(|path| path.eq_ignore_ascii_case(wrong)).map(AsRef::as_ref);
        same().or_else(|| neighbour(paths, wrong)).or_else(|| elsewhere(paths, wrong))
    }

    /// The procedure that was probably meant.
    pub(super) fn name<'a>(&mut self, known: impl Iterator<Item = &'a str>, wrong: &str) -> Option<&'a str> {
        self.given += 1;
        let compared = self.given <= SUGGESTED_MAX && wrong.len() <= NAME_COMPARED_BYTES_MAX;
        if compared { did_you_mean(wrong, known.take(NAMES_COMPARED_MAX)) } else { None }
    }

    /// The anchor that was probably meant.
    pub(super) fn anchor<'a>(&mut self, anchors: &'a [Box<str>], wrong: &str) -> Option<&'a str> {
        self.given += 1;
        let compared = wrong.len() <= NAME_COMPARED_BYTES_MAX && anchors.len() <= NAMES_COMPARED_MAX;
        if self.given > SUGGESTED_MAX || !compared {
            return None;
        }
        did_you_mean(&wrong.to_lowercase(), anchors.iter().map(AsRef::as_ref))
    }
}

/// A file of nearly that name in the same folder.
fn neighbour<'a>(paths: &'a BTreeSet<Box<str>>, wrong: &str) -> Option<&'a str> {
    let (folder, name) = wrong.rsplit_once('/').map_or(("", wrong), |(folder, name)| (folder, name));
    if name.len() > NAME_COMPARED_BYTES_MAX {
        return None;
    }
    let within = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let from = (std::ops::Bound::Included(within.as_str()), std::ops::Bound::Unbounded);
    let below = paths.range::<str, _>(from).take_while(|path| path.starts_with(&within)).take(NAMES_COMPARED_MAX);
    let names = below.filter_map(|path| path.get(within.len()..).filter(|rest| !rest.contains('/')));
    let near = did_you_mean(name, names)?;
    paths.get(format!("{within}{near}").as_str()).map(AsRef::as_ref)
}

/// The only file of that name in another folder.
fn elsewhere<'a>(paths: &'a BTreeSet<Box<str>>, wrong: &str) -> Option<&'a str> {
    let name = wrong.rsplit('/').next().unwrap_or(wrong);
    let mut same = paths.iter().filter(|path| path.rsplit('/').next() == Some(name));
    let first = same.next()?;
    same.next().is_none().then_some(first)
}

//! How much a commit changed of a folder.

use std::collections::{BTreeMap, BTreeSet};

use gix::object::tree::EntryKind;
use gix::{ObjectId, Repository};

use super::Size;

/// More files are counted, and their lines are not.
const FILES_MAX: u64 = 2_000;
/// Of a larger file no lines are counted.
const BYTES_MAX: u64 = 1 << 20;

/// How much a commit changed of the folder, against its first parent; `None` when that is not in this clone.
pub(super) fn of(
    repo: &Repository,
    commit: &gix::Commit<'_>,
    parent: Option<ObjectId>,
    folder: &[String],
) -> gix::Result<Option<Size>> {
    let new = below(repo, commit.tree_id()?.detach(), folder)?;
    let old = match parent {
        None => None,
        Some(parent) => {
            let Ok(parent) = repo.find_commit(parent) else { return Ok(None) };
            below(repo, parent.tree_id()?.detach(), folder)?
        }
    };
    let mut size = Size::default();
    if let Err(error) = trees(repo, old, new, &mut size) {
        // A clone can be made without some objects.
        return if error.is_not_found() { Ok(None) } else { Err(error) };
    }
    Ok(Some(size))
}

/// The folder at a path below a tree.
fn below(repo: &Repository, tree: ObjectId, folder: &[String]) -> gix::Result<Option<ObjectId>> {
    let mut root = tree;
    for name in folder {
        let tree = repo.find_tree(root)?;
        let Some(entry) = tree.find_entry(name.as_str()).filter(|entry| entry.mode().is_tree()) else {
            return Ok(None);
        };
        root = entry.object_id();
    }
    Ok(Some(root))
}

type Entries = BTreeMap<Vec<u8>, (bool, ObjectId)>;

/// Adds up what differs between two trees.
fn trees(repo: &Repository, old: Option<ObjectId>, new: Option<ObjectId>, size: &mut Size) -> gix::Result<()> {
    let mut pairs = vec![(old, new)];
    while let Some((old, new)) = pairs.pop() {
        if old == new {
            continue;
        }
        let (old, new) = (entries(repo, old)?, entries(repo, new)?);
        let names: BTreeSet<&Vec<u8>> = old.keys().chain(new.keys()).collect();
        for name in names {
            let (before, after) = (old.get(name).copied(), new.get(name).copied());
            if before == after {
                continue;
            }
            let part =
                |entry: Option<(bool, ObjectId)>, tree: bool| entry.filter(|(is, _)| *is == tree).map(|(_, id)| id);
            let (from, to) = (part(before, true), part(after, true));
            if from.is_some() || to.is_some() {
                pairs.push((from, to));
            }
            let (from, to) = (part(before, false), part(after, false));
            if from.is_some() || to.is_some() {
                size.files += 1;
                if size.files <= FILES_MAX {
                    size.lines += lines(&content(repo, from)?, &content(repo, to)?);
                }
            }
        }
    }
    Ok(())
}

/// Names, whether each is a folder, and what is there.
fn entries(repo: &Repository, tree: Option<ObjectId>) -> gix::Result<Entries> {
    let Some(tree) = tree else { return Ok(Entries::new()) };
    let tree = repo.find_tree(tree)?;
    let mut entries = Entries::new();
    for entry in tree.iter() {
        let entry = entry?;
        entries.insert(entry.filename().to_vec(), (entry.kind() == EntryKind::Tree, entry.object_id()));
    }
    Ok(entries)
}

/// What a file holds; nothing of a large one, nor of another repository's commit.
fn content(repo: &Repository, file: Option<ObjectId>) -> gix::Result<Vec<u8>> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let Ok(header) = repo.find_header(file) else { return Ok(Vec::new()) };
    if header.size() > BYTES_MAX || !header.kind().is_blob() {
        return Ok(Vec::new());
    }
    Ok(repo.find_blob(file)?.take_data())
}

/// Lines that are in one and not in the other, each as often as it is there.
fn lines(old: &[u8], new: &[u8]) -> u64 {
    if old.contains(&0) || new.contains(&0) {
        return 0;
    }
    let mut balance: BTreeMap<&[u8], i64> = BTreeMap::new();
    for line in split(old) {
        *balance.entry(line).or_default() -= 1;
    }
    for line in split(new) {
        *balance.entry(line).or_default() += 1;
    }
    balance.values().map(|count| count.unsigned_abs()).sum()
}

fn split(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let whole = text.strip_suffix(b"\n").unwrap_or(text);
    whole.split(|byte| *byte == b'\n').filter(move |_| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_came_or_went_are_counted() {
        for (old, new, count) in [
            ("", "", 0),
            ("", "a\n", 1),
            ("", "a\nb", 2),
            ("a\nb\nc\n", "a\nx\nc\n", 2),
            ("a\nb\n", "b\na\n", 0),
            ("a\n", "a\na\n", 1),
            ("\n", "", 1),
            ("a\0", "b", 0),
        ] {
            assert_eq!(lines(old.as_bytes(), new.as_bytes()), count, "{old:?} -> {new:?}");
        }
    }
}

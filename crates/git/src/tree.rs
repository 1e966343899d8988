//! A revision's folder as a tree of files.

use std::cell::Cell;
use std::collections::VecDeque;

use evenkeel_ops_source::{Entry, Kind, Led, Tree, Why};
use gix::bstr::ByteSlice;
use gix::object::tree::EntryKind;
use gix::{ObjectId, Repository};

/// A link's target is a path; no system has longer ones.
const LINK_BYTES_MAX: u64 = 4096;
/// Links on the way to a link's end. Source: Linux's limit.
const LINKS_MAX: usize = 40;
/// Names looked up for all links of a revision, so that a mean one cannot keep us.
const LOOKED_UP_MAX: usize = 1_000_000;

/// The folder, at a commit.
pub(crate) struct Revision<'a> {
    repo: &'a Repository,
    root: ObjectId,
    looked_up: Cell<usize>,
}

impl<'a> Revision<'a> {
    /// The folder at a path below a tree; `None` where there is none.
    pub(crate) fn folder(repo: &'a Repository, tree: ObjectId, path: &[String]) -> gix::Result<Option<Self>> {
        let mut root = tree;
        for name in path {
            let tree = repo.find_tree(root)?;
            let entry = tree.find_entry(name.as_str()).filter(|entry| entry.mode().is_tree());
            let Some(entry) = entry else { return Ok(None) };
            root = entry.object_id();
        }
        Ok(Some(Self { repo, root, looked_up: Cell::new(0) }))
    }

    fn entry(&self, folder: ObjectId, name: &str) -> Result<Option<(Kind, ObjectId)>, Why> {
        self.looked_up.set(self.looked_up.get() + 1);
        if self.looked_up.get() > LOOKED_UP_MAX {
            return Err(Why::Refused("there are too many links in this revision".to_owned()));
        }
        let tree = self.repo.find_tree(folder).map_err(|error| missing(&error))?;
        Ok(tree.find_entry(name).map(|entry| (kind(entry.kind()), entry.object_id())))
    }

    /// The names that a link's target consists of.
    fn target(&self, link: ObjectId) -> Result<Vec<String>, Why> {
        let bytes = self.content(&link, LINK_BYTES_MAX).map_err(|_| Why::Nowhere)?;
        let target = bytes.to_str_lossy();
        if target.starts_with('/') {
            return Err(Why::Outside);
        }
        Ok(target.split('/').filter(|name| !name.is_empty() && *name != ".").map(str::to_owned).collect())
    }
}

impl Tree for Revision<'_> {
    type Place = ObjectId;

    fn root(&self) -> ObjectId {
        self.root
    }

    fn list(&self, folder: &ObjectId) -> Result<Vec<Entry<ObjectId>>, Why> {
        let tree = self.repo.find_tree(*folder).map_err(|error| missing(&error))?;
        let mut entries = Vec::new();
        for entry in tree.iter() {
            let entry = entry.map_err(|error| missing(&error))?;
            let name = entry.filename().to_str_lossy().into_owned();
            entries.push(Entry { name, kind: kind(entry.kind()), place: entry.object_id() });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn follow(&self, link: &ObjectId, real: &str) -> Result<Led<ObjectId>, Why> {
        let mut inside: Vec<(String, ObjectId)> = Vec::new();
        let parents = real.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut rest: VecDeque<String> =
            parents.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        rest.extend(self.target(*link)?);
        let mut links = 1;
        while let Some(name) = rest.pop_front() {
            if name == ".." {
                inside.pop().ok_or(Why::Outside)?;
                continue;
            }
            let folder = inside.last().map_or(self.root, |(_, folder)| *folder);
            let (kind, place) = self.entry(folder, &name)?.ok_or(Why::Nowhere)?;
            match kind {
                Kind::Folder => inside.push((name, place)),
                Kind::Link if links == LINKS_MAX => return Err(Why::Nowhere),
                Kind::Link => {
                    links += 1;
                    self.target(place)?.into_iter().rev().for_each(|name| rest.push_front(name));
                }
                Kind::File | Kind::Special | Kind::Submodule if rest.is_empty() => {
                    return Ok(Led { real: path(&inside, Some(&name)), kind, place });
                }
                Kind::File | Kind::Special | Kind::Submodule => return Err(Why::Nowhere),
            }
        }
        let place = inside.last().map_or(self.root, |(_, folder)| *folder);
        Ok(Led { real: path(&inside, None), kind: Kind::Folder, place })
    }

    fn content(&self, file: &ObjectId, bytes_max: u64) -> Result<Vec<u8>, Why> {
        let bytes = self.repo.find_header(*file).map_err(|error| missing(&error))?.size();
        if bytes > bytes_max {
            return Err(Why::TooLarge { bytes });
        }
        let mut blob = self.repo.find_blob(*file).map_err(|error| missing(&error))?;
        Ok(blob.take_data())
    }
}

fn path(folders: &[(String, ObjectId)], file: Option<&str>) -> String {
    let names: Vec<&str> = folders.iter().map(|(name, _)| name.as_str()).chain(file).collect();
    names.join("/")
}

fn kind(of: EntryKind) -> Kind {
    match of {
        EntryKind::Tree => Kind::Folder,
        EntryKind::Blob | EntryKind::BlobExecutable => Kind::File,
        EntryKind::Link => Kind::Link,
        EntryKind::Commit => Kind::Submodule,
    }
}

/// An object that should be there. A clone can be made without some.
fn missing(error: &gix::Error) -> Why {
    let words = if error.is_not_found() { "git has not fetched it" } else { "git's object is damaged" };
    Why::Refused(words.to_owned())
}

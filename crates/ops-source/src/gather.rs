//! Goes through a tree once and says what of it is read. Every file is read once, whatever links lead to it.
//!
//! Hidden files and folders are not read, nor `target`, `node_modules`, what `.evenkeelignore` names, and the templates
//! of a Helm chart, which are no YAML. Their paths count all the same: links may lead there. Real files go first; then
//! links, by path: one to something that was read already only adds its path.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::ignored::Ignored;
use crate::{Entry, IGNORE_FILE, Kind, Led, OpsFile, OpsFiles, Tree, Unread, Why};

/// So many names are looked at.
pub const NAMES_MAX: usize = 100_000;
/// A file may have so many bytes.
pub const FILE_BYTES_MAX: u64 = 4 << 20;
/// All files together may have so many bytes.
pub const ALL_BYTES_MAX: usize = 256 << 20;
/// Of what is not read so many paths are known.
const LISTED_MAX: usize = 100_000;
/// Folders in folders.
const DEPTH_MAX: usize = 100;
/// Far more than anybody writes.
const IGNORE_BYTES_MAX: u64 = 64 << 10;
/// Endings of files that are read.
const READ: [&str; 6] = ["ics", "md", "rules", "test", "yaml", "yml"];
/// What is generated, and what is not for people: not even listed.
const SKIPPED: [&str; 3] = [".git", "node_modules", "target"];

/// There is more than is read of any ops repo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// More than [`NAMES_MAX`] files and folders.
    #[error("it has more than 100,000 files; name in `.evenkeelignore` what is not about operations")]
    Names,
    /// More than [`ALL_BYTES_MAX`] in files that would be read.
    #[error("its YAML and Markdown is larger than 256 MiB; name in `.evenkeelignore` what is not about operations")]
    Bytes,
}

/// What of a tree is read.
#[derive(Debug)]
pub struct Gathered<P> {
    /// Files to read.
    pub read: Vec<(String, P)>,
    found: OpsFiles,
}

/// Goes through a tree.
///
/// # Errors
/// [`TooMuch::Names`].
pub fn gather<T: Tree>(tree: &T) -> Result<Gathered<T::Place>, TooMuch> {
    let mut walk = Walk {
        tree,
        ignored: Ignored::read("").0,
        names: 0,
        read: Vec::new(),
        found: OpsFiles::default(),
        seen: BTreeSet::new(),
        folders: vec![Folder { path: String::new(), real: String::new(), place: tree.root() }],
        links: BTreeMap::new(),
        listed: Vec::new(),
    };
    walk.ignore_file();
    walk.run()?;
    let Walk { mut read, mut found, .. } = walk;
    read.sort_by(|a, b| a.0.cmp(&b.0));
    found.others.sort();
    found.others.dedup();
    found.unread.sort();
    Ok(Gathered { read, found })
}

impl<P> Gathered<P> {
    /// Reads the files.
    ///
    /// # Errors
    /// [`TooMuch::Bytes`].
    pub fn contents<T: Tree<Place = P>>(self, tree: &T) -> Result<OpsFiles, TooMuch> {
        let Self { read, mut found } = self;
        let mut bytes_all = 0;
        for (path, place) in read {
            match tree.content(&place, FILE_BYTES_MAX) {
                Ok(bytes) => {
                    bytes_all += bytes.len();
                    if bytes_all > ALL_BYTES_MAX {
                        return Err(TooMuch::Bytes);
                    }
                    found.files.push(OpsFile { path, bytes });
                }
                Err(why) => found.unread.push(Unread { path, why }),
            }
        }
        found.unread.sort();
        Ok(found)
    }

    /// What is known without reading.
    pub(crate) const fn found(&self) -> &OpsFiles {
        &self.found
    }
}

struct Folder<P> {
    /// As people know it; empty for the ops repo itself.
    path: String,
    /// Without links on the way.
    real: String,
    place: P,
}

struct Walk<'a, T: Tree> {
    tree: &'a T,
    ignored: Ignored,
    names: usize,
    read: Vec<(String, T::Place)>,
    found: OpsFiles,
    /// Real paths of folders gone through and of files read.
    seen: BTreeSet<String>,
    folders: Vec<Folder<T::Place>>,
    links: BTreeMap<String, (String, T::Place)>,
    /// Folders of which only the paths count.
    listed: Vec<(String, T::Place)>,
}

impl<T: Tree> Walk<'_, T> {
    fn ignore_file(&mut self) {
        let root = self.tree.root();
        let entry = self.tree.list(&root).unwrap_or_default().into_iter().find(|entry| entry.name == IGNORE_FILE);
        let Some(Entry { kind, place, .. }) = entry else { return };
        let place = match kind {
            Kind::Link => self.tree.follow(&place, IGNORE_FILE).map(|led| led.place),
            Kind::Folder | Kind::File | Kind::Special | Kind::Submodule => Ok(place),
        };
        match place.and_then(|place| self.tree.content(&place, IGNORE_BYTES_MAX)) {
            Ok(bytes) => {
                self.ignored = Ignored::read(&String::from_utf8_lossy(&bytes)).0;
                self.found.ignore = Some(OpsFile { path: IGNORE_FILE.to_owned(), bytes });
            }
            Err(why) => self.unread(IGNORE_FILE.to_owned(), why),
        }
    }

    fn run(&mut self) -> Result<(), TooMuch> {
        loop {
            while let Some(folder) = self.folders.pop() {
                self.folder(&folder)?;
            }
            let Some((path, (real, place))) = self.links.pop_first() else { break };
            self.link(path, &real, &place);
        }
        while let Some((path, place)) = self.listed.pop() {
            self.list(&path, &place);
        }
        Ok(())
    }

    fn folder(&mut self, folder: &Folder<T::Place>) -> Result<(), TooMuch> {
        if folder.path.split('/').count() > DEPTH_MAX {
            self.unread(folder.path.clone(), Why::TooDeep);
            return Ok(());
        }
        let entries = match self.tree.list(&folder.place) {
            Ok(entries) => entries,
            Err(why) => {
                self.unread(folder.path.clone(), why);
                return Ok(());
            }
        };
        let chart = entries.iter().any(|entry| entry.name == "Chart.yaml" && entry.kind == Kind::File);
        for entry in entries {
            self.names += 1;
            if self.names > NAMES_MAX {
                return Err(TooMuch::Names);
            }
            let template = chart && entry.name == "templates";
            self.entry(folder, entry, template);
        }
        Ok(())
    }

    fn entry(&mut self, folder: &Folder<T::Place>, entry: Entry<T::Place>, template: bool) {
        let Entry { name, kind, place } = entry;
        if SKIPPED.contains(&name.as_str()) {
            return;
        }
        let (path, real) = (joined(&folder.path, &name), joined(&folder.real, &name));
        if name.starts_with('.') || template || self.ignored.names(&path, kind == Kind::Folder) {
            self.only_listed(path, kind, place);
            return;
        }
        match kind {
            Kind::Folder if self.seen.insert(real.clone()) => self.folders.push(Folder { path, real, place }),
            Kind::Folder => self.listed.push((path, place)),
            Kind::File => self.file(path, real, place),
            Kind::Link => drop(self.links.insert(path, (real, place))),
            Kind::Special if is_read(&path) => self.unread(path, Why::Special),
            Kind::Special => self.found.others.push(path),
            Kind::Submodule => self.unread(path, Why::Submodule),
        }
    }

    fn file(&mut self, path: String, real: String, place: T::Place) {
        if is_read(&path) && self.seen.insert(real) {
            self.read.push((path, place));
        } else {
            self.found.others.push(path);
        }
    }

    fn link(&mut self, path: String, real: &str, place: &T::Place) {
        let Led { real: target, kind, place } = match self.tree.follow(place, real) {
            Ok(led) => led,
            Err(why) if is_read(&path) || !path.rsplit('/').next().unwrap_or("").contains('.') => {
                return self.unread(path, why);
            }
            Err(_) => return self.found.others.push(path),
        };
        match kind {
            Kind::Folder if within(real, &target) => self.found.others.push(path),
            Kind::Folder if self.seen.insert(target.clone()) => {
                self.folders.push(Folder { path, real: target, place });
            }
            Kind::Folder => self.listed.push((path, place)),
            Kind::File => self.file(path, target, place),
            Kind::Special if is_read(&path) => self.unread(path, Why::Special),
            Kind::Special | Kind::Link => self.found.others.push(path),
            Kind::Submodule => self.unread(path, Why::Submodule),
        }
    }

    fn only_listed(&mut self, path: String, kind: Kind, place: T::Place) {
        if kind == Kind::Folder {
            self.listed.push((path, place));
        } else {
            self.found.others.push(path);
        }
    }

    /// Adds the paths of a folder's files, as far as there is room; links in it are not followed.
    fn list(&mut self, folder: &str, place: &T::Place) {
        if self.found.others.len() >= LISTED_MAX || folder.split('/').count() > DEPTH_MAX {
            return;
        }
        for Entry { name, kind, place } in self.tree.list(place).unwrap_or_default() {
            if !SKIPPED.contains(&name.as_str()) && self.found.others.len() + self.listed.len() < LISTED_MAX {
                self.only_listed(joined(folder, &name), kind, place);
            }
        }
    }

    fn unread(&mut self, path: String, why: Why) {
        self.found.unread.push(Unread { path, why });
    }
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Whether a path lies in a folder.
fn within(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn is_read(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| READ.contains(&ending))
}

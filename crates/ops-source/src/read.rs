//! Reads a folder: its YAML files, in order, within limits.
//!
//! Hidden files and folders are skipped, and so are `target` and `node_modules`. Links are followed while they stay
//! inside the folder, as those of a mounted Kubernetes ConfigMap do; others are noted in [`OpsFiles::outside`].

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::ContentFingerprint;

/// One file as it lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpsFile {
    /// Relative to the ops repo, with `/`.
    pub path: String,
    /// The content. Of a file that is too large only so much that this can be seen.
    pub bytes: Vec<u8>,
}

/// The files of an ops repo, by path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpsFiles {
    /// By path.
    pub files: Vec<OpsFile>,
    /// Paths of files that are not read, such as pictures: links may lead to them.
    pub others: Vec<String>,
    /// Paths of links that lead out of the folder.
    pub outside: Vec<String>,
}

/// Why a folder could not be read. Trying again may help with the first only.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There are more than 10,000 files.
    #[error("the ops repo `{}` has more than 10,000 YAML files", dir.display())]
    TooManyFiles {
        /// The folder.
        dir: PathBuf,
    },
    /// The files have more than 64 MiB.
    #[error("the YAML files of the ops repo `{}` are larger than 64 MiB", dir.display())]
    TooLarge {
        /// The folder.
        dir: PathBuf,
    },
}

const FILES_MAX: usize = 10_000;
const FILE_BYTES_MAX: u64 = 4 << 20;
const ALL_BYTES_MAX: usize = 64 << 20;
/// Endings of files that are read.
const READ: [&str; 6] = ["ics", "md", "rules", "test", "yaml", "yml"];
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// Reads the YAML files of a folder.
///
/// # Errors
/// [`Error`] when something cannot be read or there is too much of it.
pub fn read(dir: &Path) -> Result<OpsFiles, Error> {
    let root = fs::canonicalize(dir).map_err(|source| unreadable(dir, source))?;
    let mut walk = Walk { dir, root: root.clone(), bytes: 0, found: OpsFiles::default(), inside: vec![root] };
    walk.folder(dir, "")?;
    walk.found.files.sort_by(|a, b| a.path.cmp(&b.path));
    walk.found.outside.sort();
    Ok(walk.found)
}

impl OpsFiles {
    /// Tells whether anything changed since another reading.
    #[must_use]
    pub fn fingerprint(&self) -> ContentFingerprint {
        let mut hasher = Sha256::new();
        for part in self.files.iter().flat_map(|file| [file.path.as_bytes(), &file.bytes]) {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        ContentFingerprint(hasher.finalize().into())
    }
}

struct Walk<'a> {
    dir: &'a Path,
    /// The folder without links.
    root: PathBuf,
    bytes: usize,
    found: OpsFiles,
    /// The folders we are in, without links, so that a link to one of them is no endless way.
    inside: Vec<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str) -> Result<(), Error> {
        let entries = fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry.map_err(|source| unreadable(folder, source))?.file_name());
        }
        names.sort();
        for name in names {
            let shown = name.to_string_lossy();
            if !shown.starts_with('.') && !SKIPPED.contains(&shown.as_ref()) {
                self.entry(&folder.join(&name), format!("{prefix}{shown}"))?;
            }
        }
        Ok(())
    }

    fn entry(&mut self, place: &Path, path: String) -> Result<(), Error> {
        let kind = fs::symlink_metadata(place).map_err(|source| unreadable(place, source))?.file_type();
        if kind.is_symlink() {
            let target = fs::canonicalize(place).map_err(|source| unreadable(place, source))?;
            if !target.starts_with(&self.root) {
                self.found.outside.push(path);
                return Ok(());
            }
        }
        let kind = fs::metadata(place).map_err(|source| unreadable(place, source))?;
        if kind.is_dir() {
            let real = fs::canonicalize(place).map_err(|source| unreadable(place, source))?;
            if self.inside.contains(&real) {
                return Ok(());
            }
            self.inside.push(real);
            self.folder(place, &format!("{path}/"))?;
            self.inside.pop();
        } else if kind.is_file() && is_read(&path) {
            self.file(place, path)?;
        } else {
            self.found.others.push(path);
        }
        Ok(())
    }

    fn file(&mut self, place: &Path, path: String) -> Result<(), Error> {
        if self.found.files.len() == FILES_MAX {
            return Err(Error::TooManyFiles { dir: self.dir.to_owned() });
        }
        let mut bytes = Vec::new();
        let file = File::open(place).map_err(|source| unreadable(place, source))?;
        file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|source| unreadable(place, source))?;
        self.bytes += bytes.len();
        if self.bytes > ALL_BYTES_MAX {
            return Err(Error::TooLarge { dir: self.dir.to_owned() });
        }
        self.found.files.push(OpsFile { path, bytes });
        Ok(())
    }
}

fn is_read(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| READ.contains(&ending))
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Unreadable { path: path.to_owned(), source }
}

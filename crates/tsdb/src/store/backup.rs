//! A copy of the store while it is in use. It is a folder that [`Store::open`] opens, here or elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::Store;
use crate::block;
use crate::folder::{self, Layout};
use crate::log::AppendFault;

/// What a copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// How many blocks.
    pub blocks: usize,
    /// How many files of the log.
    pub log_files: usize,
    /// What they take, also where the file system keeps them only once.
    pub bytes: u64,
}

/// Why no copy was made.
#[derive(Debug, thiserror::Error)]
pub enum CopyFault {
    /// There is something in the folder.
    #[error("{} is not empty", .folder.display())]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// The disk does not take what was appended, so that a copy would lack it.
    #[error(transparent)]
    Log(#[from] AppendFault),
    /// The file system refuses.
    #[error("cannot copy {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
}

impl Store {
    /// Makes a copy of everything that was appended before, in a folder that is empty or not there. Blocks never change, so
    /// where the file system allows they are linked and take no room.
    ///
    /// # Errors
    /// [`CopyFault`]; what was copied until then stays in the folder.
    pub fn snapshot_to(&self, folder: &Path) -> Result<Copied, CopyFault> {
        // Until the copy is made no block and no file of the log comes or goes but the one that is written to.
        let _upkeep = self.shared.upkeep.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.log.wait(self.shared.log.state().0)?;
        copy_store(&self.shared.layout.root, folder)
    }
}

/// Makes a copy of the store in a folder, whoever has it open: everything that was acknowledged before is in it.
///
/// The log is copied before the blocks: what a block takes over meanwhile is in either or both, and counts once. A record that
/// is in it by half is cut when the copy is opened.
///
/// # Errors
/// [`CopyFault`]; what was copied until then stays in the folder.
pub fn copy_store(from: &Path, to: &Path) -> Result<Copied, CopyFault> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| CopyFault::Io { path, source }
    };
    if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(CopyFault::NotEmpty { folder: to.to_owned() });
    }
    let (from, to) = (Layout::of(from), Layout::of(to));
    to.create().map_err(at(&to.root))?;
    let mut copied = Copied { blocks: 0, log_files: 0, bytes: 0 };
    for (name, path) in folder::files(&from.log, ".log").map_err(at(&from.log))? {
        match copy(&path, &to.log.join(name)) {
            Ok(bytes) => {
                copied.bytes += bytes;
                copied.log_files += 1;
            }
            // A block has it by now.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at(&path)(error)),
        }
    }
    let blocks = copy_blocks(&from.blocks, &to.blocks)?;
    (copied.blocks, copied.bytes) = (blocks.len(), copied.bytes + blocks.values().sum::<u64>());
    for folder in [&to.blocks, &to.log, &to.root] {
        folder::sync(folder).map_err(at(folder))?;
    }
    Ok(copied)
}

/// Copies blocks until those that are copied are those that are there; gives their sizes.
fn copy_blocks(from: &Path, to: &Path) -> Result<BTreeMap<String, u64>, CopyFault> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| CopyFault::Io { path, source }
    };
    let mut copied = BTreeMap::new();
    loop {
        let there: BTreeMap<String, PathBuf> =
            folder::files(from, block::ENDING).map_err(at(from))?.into_iter().collect();
        // What was joined with others meanwhile is in the block that it was joined to.
        let gone: Vec<String> = copied.keys().filter(|name| !there.contains_key(*name)).cloned().collect();
        for name in gone {
            fs::remove_file(to.join(&name)).map_err(at(&to.join(&name)))?;
            copied.remove(&name);
        }
        let missing: Vec<_> = there.iter().filter(|(name, _)| !copied.contains_key(*name)).collect();
        if missing.is_empty() {
            return Ok(copied);
        }
        for (name, path) in missing {
            match link_or_copy(path, &to.join(name)) {
                Ok(bytes) => _ = copied.insert(name.clone(), bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(at(path)(error)),
            }
        }
    }
}

fn link_or_copy(from: &Path, to: &Path) -> io::Result<u64> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(fs::metadata(to)?.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
        Err(_) => copy(from, to),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    let bytes = fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()?;
    Ok(bytes)
}

//! A copy of the store while it is in use. It is a folder that [`Store::open`] opens, here or elsewhere.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use super::Store;
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
        let at = |path: &Path| {
            let path = path.to_owned();
            move |source| CopyFault::Io { path, source }
        };
        if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(CopyFault::NotEmpty { folder: folder.to_owned() });
        }
        let to = Layout::of(folder);
        to.create().map_err(at(folder))?;
        // Until the copy is made no block and no file of the log comes or goes but the one that is written to.
        let _upkeep = self.shared.upkeep.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.log.wait(self.shared.log.state().0)?;
        let mut copied = Copied { blocks: 0, log_files: 0, bytes: 0 };
        let blocks = Arc::clone(&self.shared.state().blocks);
        for block in blocks.iter() {
            let path = to.blocks.join(block.name.as_ref());
            if fs::hard_link(&block.path, &path).is_err() {
                copied.bytes += copy(&block.path, &path).map_err(at(&block.path))?;
            } else {
                copied.bytes += block.size_bytes;
            }
            copied.blocks += 1;
        }
        // What is appended meanwhile may be in it or not; a record that is in it by half is cut when the copy is opened.
        for (name, path) in folder::files(&self.shared.layout.log, ".log").map_err(at(&self.shared.layout.log))? {
            copied.bytes += copy(&path, &to.log.join(name)).map_err(at(&path))?;
            copied.log_files += 1;
        }
        for folder in [&to.blocks, &to.log, &to.root] {
            folder::sync(folder).map_err(at(folder))?;
        }
        Ok(copied)
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    let bytes = fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()?;
    Ok(bytes)
}

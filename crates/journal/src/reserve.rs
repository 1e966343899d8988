//! The reserve: blocks to give up when the disk is full, so that the work can go on while people make room.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::{Journal, folder};

/// How large a reserve should be, unless there is a reason: 64 MiB, about 200,000 records.
pub const RESERVE_BYTES: u64 = 64 << 20;

const FILE: &str = "reserve";
const CHUNK: usize = 1 << 20;

impl Journal {
    /// Makes the reserve, or makes it anew once there is room again. One that is there already stays.
    ///
    /// The blocks are written, not merely promised, so a sparse file system cannot take them back.
    ///
    /// # Errors
    /// When there is no room for it; what was written of it is removed again.
    pub fn restore_reserve(&self, size_bytes: u64) -> io::Result<()> {
        let path = self.folder.join(FILE);
        if fs::metadata(&path).is_ok_and(|found| found.len() >= size_bytes) {
            return Ok(());
        }
        let mut file = folder::private_file(&path)?;
        let written = fill(&mut file, size_bytes).and_then(|()| folder::sync_folder(&self.folder));
        if written.is_err() {
            fs::remove_file(&path)?;
        }
        written
    }

    /// Gives up the reserve; whether there was one.
    ///
    /// # Errors
    /// When the file system refuses to remove it.
    pub fn release_reserve(&self) -> io::Result<bool> {
        release(&self.folder)
    }
}

pub(crate) fn release(folder: &Path) -> io::Result<bool> {
    match fs::remove_file(folder.join(FILE)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn fill(file: &mut File, size_bytes: u64) -> io::Result<()> {
    let chunk = vec![0; CHUNK];
    let mut left = size_bytes;
    while left > 0 {
        let part = usize::try_from(left).map_or(CHUNK, |left| left.min(CHUNK));
        file.write_all(chunk.get(..part).unwrap_or(&chunk))?;
        left -= part as u64;
    }
    file.sync_all()
}

//! One process projects at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::error::EvidenceError;

/// Held while this process projects; let go by the operating system however the process ends.
#[derive(Debug)]
pub(crate) struct FileLock(#[expect(dead_code, reason = "kept for its lock, which ends when it is dropped")] File);

/// The lock; `None` while another process has it.
pub(crate) fn try_lock(path: &Path) -> Result<Option<FileLock>, EvidenceError> {
    let failed = |source| EvidenceError::File { doing: "lock", path: PathBuf::from(path), source };
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
    let file = opened.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(FileLock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

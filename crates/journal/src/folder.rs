//! The data folder: private to its owner, and written by one process at a time.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::OpenError;

/// The journal's file in the data folder.
pub(crate) const JOURNAL_FILE: &str = "journal.db";
/// The file whose lock the writer holds.
const LOCK_FILE: &str = "lock";

/// A process that was just forked has the locks of its parent until it becomes another program, so that a lock may still be
/// held for a moment after it was let go.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

const PRIVATE_FOLDER: u32 = 0o700;
const PRIVATE_FILE: u32 = 0o600;

/// Held as long as this process may write; let go by the operating system however the process ends.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "kept for its lock, which ends when it is dropped")] File);

impl Lock {
    pub(crate) fn take(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(LOCK_FILE);
        let failed = |source| OpenError::Io { doing: "open the lock file", path: path.clone(), source };
        let mut file = private_file(&path).map_err(failed)?;
        let mut tried = file.try_lock();
        for _ in 0..TRIES {
            if !matches!(tried, Err(TryLockError::WouldBlock)) {
                break;
            }
            thread::sleep(BETWEEN_TRIES);
            tried = file.try_lock();
        }
        match tried {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let pid = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(OpenError::Locked { folder: folder.to_owned(), pid });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        // Of fixed width, so that it is written over the one before and needs no room on a full disk.
        let written = file.rewind().and_then(|()| writeln!(file, "{:<20}", std::process::id()));
        written.map_err(failed)?;
        Ok(Self(file))
    }
}

/// Makes the folder and those above it, mode 0700, unless it is there.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(path)?;
    fs::set_permissions(path, Permissions::from_mode(PRIVATE_FOLDER))
}

/// Opens a file for reading and writing, and makes it if it is not there; mode 0600 whatever the umask.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(PRIVATE_FILE).open(path)?;
    file.set_permissions(Permissions::from_mode(PRIVATE_FILE))?;
    Ok(file)
}

/// Makes the folder's own entries durable: what was created, renamed or removed in it.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Writes parts, one behind the other, so that the file is there whole or not at all.
pub(crate) fn write_whole(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let beside = path.with_added_extension("partial");
    let mut file = private_file(&beside)?;
    file.set_len(0)?;
    parts.iter().try_for_each(|part| file.write_all(part))?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

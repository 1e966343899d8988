//! The folder of a store: private to its owner, and written by one process at a time.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::OpenFault;

/// A process that was just forked has the locks of its parent until it becomes another program, so that a lock may still be
/// held for a moment after it was let go.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

const PRIVATE_FOLDER: u32 = 0o700;
const PRIVATE_FILE: u32 = 0o600;

/// Where what lies.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) root: PathBuf,
    pub(crate) log: PathBuf,
    pub(crate) blocks: PathBuf,
    /// What was set aside since it could not be read.
    pub(crate) damaged: PathBuf,
}

impl Layout {
    pub(crate) fn of(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            log: root.join("log"),
            blocks: root.join("blocks"),
            damaged: root.join("damaged"),
        }
    }

    /// Makes the folders that are not there.
    pub(crate) fn create(&self) -> io::Result<()> {
        let missing = [&self.root, &self.log, &self.blocks].into_iter().filter(|folder| !folder.is_dir());
        let mut made = false;
        for folder in missing {
            DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(folder)?;
            made = true;
        }
        if made { sync(&self.root) } else { Ok(()) }
    }
}

/// Held as long as this process may write; let go by the operating system however the process ends.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "kept for its lock, which ends when it is dropped")] File);

impl Lock {
    pub(crate) fn take(layout: &Layout) -> Result<Self, OpenFault> {
        let path = layout.root.join("lock");
        let failed = |source| OpenFault::Io { doing: "open the lock file", path: path.clone(), source };
        let file = private_file(&path).map_err(failed)?;
        let mut tried = file.try_lock();
        for _ in 0..TRIES {
            if !matches!(tried, Err(TryLockError::WouldBlock)) {
                break;
            }
            std::thread::sleep(BETWEEN_TRIES);
            tried = file.try_lock();
        }
        match tried {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(OpenFault::Locked { folder: layout.root.clone() }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

/// Opens a file for reading and writing, and makes it if it is not there.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(PRIVATE_FILE).open(path)
}

/// Makes what was created, renamed or removed in a folder durable.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// The files of a folder that have an ending, by name; none when it is not there.
pub(crate) fn files(folder: &Path, ending: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        if let Ok(name) = entry.file_name().into_string()
            && name.ends_with(ending)
        {
            files.push((name, entry.path()));
        }
    }
    files.sort();
    Ok(files)
}

/// How large all files of a folder are. Units: bytes.
pub(crate) fn size_bytes(folder: &Path) -> u64 {
    let files = files(folder, "").unwrap_or_default();
    files.iter().filter_map(|(_, path)| fs::metadata(path).ok()).map(|found| found.len()).sum()
}

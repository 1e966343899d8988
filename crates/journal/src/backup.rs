//! Backup while the server runs, and restore into an empty folder.
//!
//! A backup is one file, a whole journal in itself, with the public keys of its checkpoints. The private
//! key stays where it is: a restored journal signs with a new one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::folder::{self, JOURNAL_FILE};
use crate::{OpenError, ReadError, Reader, SqliteError, Verification, VerifyReport};

/// Why a backup or restore did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The journal, or the copy, could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The copy could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// SQLite could not make the copy.
    #[error("cannot copy the journal to `{to}`")]
    Copy {
        /// Where to.
        to: PathBuf,
        /// Why.
        source: SqliteError,
    },
    /// The copy does not verify; it was not kept, or not restored.
    #[error("`{file}` does not verify: {}", first_fault(report))]
    Unsound {
        /// Which file.
        file: PathBuf,
        /// What was found.
        report: Box<VerifyReport>,
    },
    /// What is to be written is there already.
    #[error("`{path}` is not empty; nothing was changed")]
    NotEmpty {
        /// Which file or folder.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error("cannot {doing} `{path}`")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

fn first_fault(report: &VerifyReport) -> String {
    report.faults.first().map_or_else(|| "no fault".to_owned(), ToString::to_string)
}

/// Copies the journal of a data folder to a file that is not there yet, and verifies the copy. The server
/// may run meanwhile: the copy is the journal as it was at one moment.
///
/// # Errors
/// [`BackupError`]; `to` is then not there.
pub fn backup(folder: &Path, to: &Path) -> Result<VerifyReport, BackupError> {
    if to.exists() {
        return Err(BackupError::NotEmpty { path: to.to_owned() });
    }
    copy_and_verify(&folder.join(JOURNAL_FILE), to)
}

/// Verifies a backup, and puts it into a data folder that is empty or not there.
///
/// # Errors
/// [`BackupError`]; the folder then holds no journal.
pub fn restore(file: &Path, folder: &Path) -> Result<VerifyReport, BackupError> {
    let occupied = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return Err(BackupError::NotEmpty { path: folder.to_owned() });
    }
    sound(file)?;
    folder::create_private_folder(folder).map_err(io_error("make", folder))?;
    copy_and_verify(file, &folder.join(JOURNAL_FILE))
}

/// Copies through SQLite, so that what a write-ahead log beside the file still holds comes along.
fn copy_and_verify(from: &Path, to: &Path) -> Result<VerifyReport, BackupError> {
    let beside = beside(to);
    let made = copy(from, &beside).and_then(|()| sound(&beside)).and_then(|report| {
        fs::rename(&beside, to).and_then(|()| folder::sync_folder(parent(to))).map_err(io_error("name", to))?;
        Ok(report)
    });
    if made.is_err() && beside.exists() {
        fs::remove_file(&beside).map_err(io_error("remove", &beside))?;
    }
    made
}

fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    let source = Reader::open(from)?;
    let file = folder::private_file(to).map_err(io_error("make", to))?;
    file.set_len(0).map_err(io_error("empty", to))?;
    let copied = source.connection.execute("VACUUM INTO $1", [to.to_string_lossy()]);
    copied.map_err(|error| BackupError::Copy { to: to.to_owned(), source: error.into() })?;
    file.sync_all().map_err(io_error("sync", to))
}

fn sound(file: &Path) -> Result<VerifyReport, BackupError> {
    let report = Reader::open(file)?.verify(&Verification::default(), |_| {})?;
    if report.sound() {
        Ok(report)
    } else {
        Err(BackupError::Unsound { file: file.to_owned(), report: Box::new(report) })
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// The folder a file is in; that of a bare name is the current one.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
}

fn io_error(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::Io { doing, path, source }
}

//! The journal's one writer.

use std::io;
use std::path::{Path, PathBuf};

use evenkeel_ids::Seq;
use evenkeel_record::chain::Head;
use rusqlite::{Connection, OpenFlags};

use crate::folder::{self, JOURNAL_FILE, Lock};
use crate::key::CheckpointKey;
use crate::layout::{self, Found, LAYOUT};
use crate::row::Stored;
use crate::sqlite::Trouble;
use crate::{ReadError, Reader, SqliteError, reserve};

/// The journal, open for writing. One thread owns it.
#[derive(Debug)]
pub struct Journal {
    pub(crate) folder: PathBuf,
    pub(crate) reader: Reader,
    /// `None` after a commit that ended in doubt.
    pub(crate) known_head: Option<Head>,
    pub(crate) last_head: Head,
    pub(crate) key: CheckpointKey,
    #[expect(dead_code, reason = "kept for its lock, and dropped last")]
    lock: Lock,
}

/// Why a journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process writes to it.
    #[error("the data folder `{folder}` is in use by {}", process(*pid))]
    Locked {
        /// Which folder.
        folder: PathBuf,
        /// Whose process, when the lock file says so.
        pid: Option<u32>,
    },
    /// A file or folder could not be made or opened.
    #[error("cannot {doing} `{path}`")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file was written by a newer program.
    #[error("`{file}` has journal layout {found}, and this program knows layouts up to {known}: use the newer program")]
    NewerLayout {
        /// Which file.
        file: PathBuf,
        /// Its layout.
        found: u32,
        /// The newest this program reads.
        known: u32,
    },
    /// The file is something else.
    #[error("`{file}` is not an Evenkeel journal")]
    NotAJournal {
        /// Which file.
        file: PathBuf,
    },
    /// The file is cut or overwritten.
    #[error("`{file}` is damaged; restore it from a backup")]
    Damaged {
        /// Which file.
        file: PathBuf,
        /// How that was seen.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The key that signs checkpoints cannot be used.
    #[error("`{path}` does not hold a signing key; move it away to have a new one made")]
    Key {
        /// The key file.
        path: PathBuf,
    },
    /// SQLite failed otherwise.
    #[error("cannot open `{file}`")]
    Sqlite {
        /// Which file.
        file: PathBuf,
        /// Why.
        source: SqliteError,
    },
}

fn process(pid: Option<u32>) -> String {
    pid.map_or_else(|| "another process".to_owned(), |pid| format!("another process, pid {pid}"))
}

impl OpenError {
    pub(crate) fn sqlite(file: &Path, error: impl Into<SqliteError>) -> Self {
        let (file, source) = (file.to_owned(), error.into());
        match source.trouble() {
            Trouble::Damaged => Self::Damaged { file, source: Box::new(source) },
            Trouble::Full | Trouble::Io | Trouble::Busy | Trouble::TooBig | Trouble::Other => {
                Self::Sqlite { file, source }
            }
        }
    }

    pub(crate) fn read(file: &Path, error: ReadError) -> Self {
        let file = file.to_owned();
        match error {
            error if error.names_damage() => Self::Damaged { file, source: Box::new(error) },
            ReadError::Sqlite { source, .. } => Self::Sqlite { file, source },
            ReadError::Damaged { .. } | ReadError::Unlinked { .. } => Self::Damaged { file, source: Box::new(error) },
        }
    }
}

impl Journal {
    /// Opens the journal in a data folder, and makes folder and journal if they are not there.
    ///
    /// # Errors
    /// [`OpenError`], among others when another process has it open.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let failed = |doing: &'static str, path: &Path| {
            let path = path.to_owned();
            move |source| OpenError::Io { doing, path, source }
        };
        folder::create_private_folder(folder).map_err(failed("make the data folder", folder))?;
        let lock = Lock::take(folder)?;
        let file = folder.join(JOURNAL_FILE);
        // SQLite gives its -wal and -shm files the mode that this one has.
        drop(folder::private_file(&file).map_err(failed("open", &file))?);
        let reader = connect_even_if_full(folder, &file)?;
        fold_log(&reader)?;
        let key = CheckpointKey::of_folder(folder)?;
        keep_public_key(&reader, &key).map_err(|error| OpenError::sqlite(&file, error))?;
        folder::sync_folder(folder).map_err(failed("sync the data folder", folder))?;
        let head = reader.head().map_err(|error| OpenError::read(&file, error))?;
        Ok(Self { folder: folder.to_owned(), reader, known_head: Some(head), last_head: head, key, lock })
    }

    /// The last committed record's number and hash.
    ///
    /// After a commit that ended in doubt this is the head before it, until [`Journal::reload_head`].
    #[must_use]
    pub const fn head(&self) -> Head {
        self.last_head
    }

    /// Finds out what is on the disk after a commit that ended in doubt, and makes that durable.
    ///
    /// The file is opened anew, and the write-ahead log folded into it: its pages are then written and
    /// synced afresh, since a log whose sync failed once proves nothing by a later sync.
    ///
    /// # Errors
    /// [`OpenError`] when the disk still fails; the head then stays unknown, and commits are refused.
    pub fn reload_head(&mut self) -> Result<Head, OpenError> {
        self.known_head = None;
        let file = self.folder.join(JOURNAL_FILE);
        self.reader = connect(&file)?;
        fold_log(&self.reader)?;
        let head = self.reader.head().map_err(|error| OpenError::read(&file, error))?;
        self.known_head = Some(head);
        self.last_head = head;
        Ok(head)
    }

    /// The journal's reading side: pages, single records, verification, export.
    #[must_use]
    pub const fn read(&self) -> &Reader {
        &self.reader
    }

    /// Shows every record from `from` on, in order, until `visit` gives an error.
    ///
    /// # Errors
    /// What `visit` gave, or [`ReadError`] turned into it.
    pub fn replay<E: From<ReadError>>(
        &self,
        from: Seq,
        visit: impl FnMut(Stored<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.reader.replay(from, visit)
    }
}

/// Connects as the writer, and makes the tables in an empty file.
fn connect(file: &Path) -> Result<Reader, OpenError> {
    let failed = |error: rusqlite::Error| OpenError::sqlite(file, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(file, flags).map_err(failed)?;
    match layout::found(&connection).map_err(failed)? {
        Found::Empty => {
            layout::set_up_writer(&connection).map_err(failed)?;
            layout::create(&mut connection).map_err(failed)?;
        }
        Found::Layout(LAYOUT) => layout::set_up_writer(&connection).map_err(failed)?,
        Found::Layout(found) => return Err(OpenError::NewerLayout { file: file.to_owned(), found, known: LAYOUT }),
        Found::Foreign => return Err(OpenError::NotAJournal { file: file.to_owned() }),
    }
    Ok(Reader { connection, file: file.to_owned() })
}

/// Connects, and gives up the reserve for it if the disk is too full even for that.
fn connect_even_if_full(folder: &Path, file: &Path) -> Result<Reader, OpenError> {
    match connect(file) {
        Err(OpenError::Sqlite { source, .. })
            if source.trouble() == Trouble::Full && reserve::release(folder).unwrap_or(false) =>
        {
            connect(file)
        }
        connected => connected,
    }
}

/// Empties the log, also of what an erasure may have left in it. A reader in the way puts that off, and so
/// does a disk that has no room to fold it into the file: what can be read of it was synced before.
fn fold_log(reader: &Reader) -> Result<(), OpenError> {
    match layout::truncate_log(&reader.connection).map_err(SqliteError::from) {
        Err(error) if error.trouble() != Trouble::Full => Err(OpenError::sqlite(&reader.file, error)),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// A backup has the public keys of its checkpoints in it.
fn keep_public_key(reader: &Reader, key: &CheckpointKey) -> Result<(), rusqlite::Error> {
    let public = key.public();
    let sql = "SELECT count(*) FROM meta WHERE key = $1";
    let name = format!("public-key/{}", public.name());
    let known: i64 = reader.connection.query_row(sql, [&name], |row| row.get(0))?;
    if known == 0 {
        let sql = "INSERT INTO meta (key, value) VALUES ($1, $2)";
        reader.connection.execute(sql, [name, public.to_string()])?;
    }
    Ok(())
}

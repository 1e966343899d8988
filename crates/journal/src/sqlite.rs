//! SQLite's errors, kept opaque, and sorted by what can be done about them.

use std::fmt;

use rusqlite::ffi;

/// What SQLite said. Opaque: the kinds that matter are variants of the errors that carry it.
#[derive(Debug)]
pub struct SqliteError(rusqlite::Error);

/// What can be done about an error of SQLite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    Full,
    Io,
    Busy,
    TooBig,
    Damaged,
    Other,
}

impl SqliteError {
    pub(crate) fn trouble(&self) -> Trouble {
        let rusqlite::Error::SqliteFailure(failure, _) = &self.0 else {
            return Trouble::Other;
        };
        // The shared-memory file cannot grow: on a local disk that is a full disk as well.
        if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE {
            return Trouble::Full;
        }
        match failure.extended_code & 0xff {
            ffi::SQLITE_FULL => Trouble::Full,
            ffi::SQLITE_IOERR | ffi::SQLITE_CANTOPEN | ffi::SQLITE_READONLY => Trouble::Io,
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Trouble::Busy,
            ffi::SQLITE_TOOBIG => Trouble::TooBig,
            ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => Trouble::Damaged,
            _ => Trouble::Other,
        }
    }
}

impl From<rusqlite::Error> for SqliteError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for SqliteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rusqlite::Error::SqliteFailure(failure, message) = &self.0 else {
            return write!(f, "{}", self.0);
        };
        let plain = ffi::code_to_str(failure.extended_code);
        match message {
            Some(message) => write!(f, "SQLite says `{message}` (code {}: {plain})", failure.extended_code),
            None => write!(f, "SQLite says code {}: {plain}", failure.extended_code),
        }
    }
}

impl std::error::Error for SqliteError {}

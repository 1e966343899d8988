//! Reads a folder as an ops repo.

use std::io;
use std::path::{Path, PathBuf};

use crate::folder::Folder;
use crate::{OpsFiles, TooMuch, gather};

/// Why a folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder itself could not be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// There is more than is read of any ops repo.
    #[error("the ops repo `{}` is too large", dir.display())]
    TooMuch {
        /// The folder.
        dir: PathBuf,
        /// Of what, and what helps.
        #[source]
        source: TooMuch,
    },
}

/// Reads the files of a folder that are an ops repo's.
///
/// # Errors
/// [`Error`] when the folder itself cannot be read, or there is too much in it. What else cannot be read is in
/// [`OpsFiles::unread`].
pub fn read(dir: &Path) -> Result<OpsFiles, Error> {
    let folder = open(dir)?;
    gather(&folder).and_then(|gathered| gathered.contents(&folder)).map_err(|source| too_much(dir, source))
}

pub(crate) fn too_much(dir: &Path, source: TooMuch) -> Error {
    Error::TooMuch { dir: dir.to_owned(), source }
}

pub(crate) fn open(dir: &Path) -> Result<Folder, Error> {
    Folder::open(dir).map_err(|source| Error::Unreadable { path: dir.to_owned(), source })
}

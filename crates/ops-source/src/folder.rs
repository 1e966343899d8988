//! A folder on disk as a tree of files.
//!
//! Nothing but a plain file is ever opened, so that no pipe or device can make a reading wait.

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::{Entry, Kind, Led, Tree, Why};

/// A folder, without links on the way to it.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(crate) fn open(dir: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(dir)?;
        fs::read_dir(&root)?;
        Ok(Self { root })
    }
}

impl Tree for Folder {
    type Place = PathBuf;

    fn root(&self) -> PathBuf {
        self.root.clone()
    }

    fn list(&self, folder: &PathBuf) -> Result<Vec<Entry<PathBuf>>, Why> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| refused(&error))? {
            let entry = entry.map_err(|error| refused(&error))?;
            // What vanishes while it is looked at is not there.
            let Ok(file_type) = entry.file_type() else { continue };
            let name = entry.file_name().to_string_lossy().into_owned();
            entries.push(Entry { name, kind: kind(file_type), place: entry.path() });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn follow(&self, link: &PathBuf, _: &str) -> Result<Led<PathBuf>, Why> {
        let place = fs::canonicalize(link).map_err(|error| leads_nowhere(&error))?;
        let Ok(real) = place.strip_prefix(&self.root) else { return Err(Why::Outside) };
        let kind = kind(fs::metadata(&place).map_err(|error| leads_nowhere(&error))?.file_type());
        Ok(Led { real: real.to_string_lossy().into_owned(), kind, place })
    }

    fn content(&self, file: &PathBuf, bytes_max: u64) -> Result<Vec<u8>, Why> {
        let (file, found) = open(file).map_err(|error| refused(&error))?;
        if !found.is_file() {
            return Err(Why::Special);
        }
        let too_large = |bytes: u64| Why::TooLarge { bytes };
        if found.len() > bytes_max {
            return Err(too_large(found.len()));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
        file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
        let read = bytes.len() as u64;
        if read > bytes_max { Err(too_large(read)) } else { Ok(bytes) }
    }
}

/// Opens without waiting: what was a file a moment ago may be a pipe by now.
fn open(path: &Path) -> io::Result<(File, Metadata)> {
    let nonblocking = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or(0);
    let file = OpenOptions::new().read(true).custom_flags(nonblocking).open(path)?;
    let found = file.metadata()?;
    Ok((file, found))
}

fn kind(file_type: FileType) -> Kind {
    match file_type {
        of if of.is_symlink() => Kind::Link,
        of if of.is_dir() => Kind::Folder,
        of if of.is_file() => Kind::File,
        _ => Kind::Special,
    }
}

/// A link into the void and a link in a circle are one to whoever wrote it.
fn leads_nowhere(error: &io::Error) -> Why {
    if error.kind() == io::ErrorKind::PermissionDenied { refused(error) } else { Why::Nowhere }
}

/// The system's words, without its number.
fn refused(error: &io::Error) -> Why {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    Why::Refused(words.to_lowercase())
}

//! The folder the demo works in: its own temporary one, or one that is to be kept.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// A folder; a temporary one is removed at the end, however that comes.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    temporary: bool,
}

impl Folder {
    /// Makes a folder: the one to keep, or a temporary one that nobody else may read.
    pub(crate) fn make(keep: Option<PathBuf>) -> anyhow::Result<Self> {
        let Some(path) = keep else {
            let path = std::env::temp_dir().join(format!("evenkeel-demo-{:08x}", super::ports::random()?));
            let made = fs::DirBuilder::new().mode(0o700).create(&path);
            made.with_context(|| format!("cannot make `{}`", path.display()))?;
            return Ok(Self { path, temporary: true });
        };
        let shown = path.display();
        fs::create_dir_all(&path).with_context(|| format!("cannot make `{shown}`"))?;
        let mut entries = fs::read_dir(&path).with_context(|| format!("cannot read `{shown}`"))?;
        if entries.next().is_some() {
            bail!("`{shown}` is not empty; name an empty folder or one that is not there");
        }
        let path = path.canonicalize().with_context(|| format!("cannot read `{shown}`"))?;
        Ok(Self { path, temporary: false })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it stays.
    pub(crate) fn kept(&self) -> bool {
        !self.temporary
    }

    /// Removes it unless it is to be kept; what is gone already is no error.
    pub(crate) fn clear(&self) -> anyhow::Result<()> {
        match self.temporary.then(|| fs::remove_dir_all(&self.path)) {
            Some(Err(error)) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove `{}`", self.path.display()))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Whoever wants to know whether it went calls `clear`.
        let _ = self.clear();
    }
}

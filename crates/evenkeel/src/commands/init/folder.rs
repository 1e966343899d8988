//! The folder of the new ops repo.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};
use evenkeel_import::ImportedFile;

/// Looks before anything is done: what is there is not mixed with what is made.
pub(super) fn refuse_unless_empty(dir: &Path) -> anyhow::Result<()> {
    let shown = dir.display();
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => bail!("`{shown}` is not empty; name an empty folder or one that is not there"),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot read `{shown}`")),
    }
}

/// Writes all files, each only if it is not there, and readable for nobody who could not read what they were made of.
pub(super) fn write(dir: &Path, files: &[ImportedFile], mode: u32) -> anyhow::Result<()> {
    for file in files {
        let place = dir.join(&file.path);
        let folder = place.parent().unwrap_or(dir);
        fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        let made = fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(&place);
        let written = made.and_then(|mut made| made.write_all(file.text.as_bytes()));
        written.with_context(|| format!("cannot write `{}`", place.display()))?;
    }
    Ok(())
}

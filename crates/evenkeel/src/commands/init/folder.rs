//! The folder of the new ops repo.

use std::fs;
use std::io::ErrorKind;
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

/// Writes all files; each only if it is not there.
pub(super) fn write(dir: &Path, files: &[ImportedFile]) -> anyhow::Result<()> {
    for file in files {
        let place = dir.join(&file.path);
        let folder = place.parent().unwrap_or(dir);
        fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        let mut made = fs::File::create_new(&place).with_context(|| format!("cannot make `{}`", place.display()))?;
        std::io::Write::write_all(&mut made, file.text.as_bytes())
            .with_context(|| format!("cannot write `{}`", place.display()))?;
    }
    Ok(())
}

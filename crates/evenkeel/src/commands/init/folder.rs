//! The folder of the new ops repo: all of its files are written, or none.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

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

/// Writes all files, each only if it is not there; when one cannot be written, those before it go again.
pub(super) fn write(dir: &Path, files: &[ImportedFile], mode: impl Fn(&str) -> u32) -> anyhow::Result<()> {
    let mut made = Made::default();
    let written = files.iter().try_for_each(|file| made.file(dir, file, mode(&file.path)));
    if written.is_err() {
        made.undo();
    }
    written
}

/// What was made so far.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn file(&mut self, dir: &Path, file: &ImportedFile, mode: u32) -> anyhow::Result<()> {
        let place = dir.join(&file.path);
        self.folder(place.parent().unwrap_or(dir))?;
        let context = || format!("cannot write `{}`", place.display());
        let mut open =
            fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(&place).with_context(context)?;
        self.files.push(place.clone());
        open.write_all(file.text.as_bytes()).with_context(context)
    }

    fn folder(&mut self, folder: &Path) -> anyhow::Result<()> {
        let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let missing: Vec<&Path> = missing.collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    /// What cannot be removed either is left; the first trouble is the one that is told.
    fn undo(&self) {
        self.files.iter().for_each(|file| drop(fs::remove_file(file)));
        self.folders.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_wholly_is_not_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("deep/ops");
        let file = |path: &str| ImportedFile { path: path.to_owned(), text: "text".to_owned() };
        // A folder cannot be made below a file.
        let failed = write(&dir, &[file("a.yml"), file("rules/b.yml"), file("a.yml/c.yml")], |_| 0o600);
        assert!(failed.expect_err("no way").to_string().contains("a.yml"));
        assert!(!folder.path().join("deep").exists());
        write(&dir, &[file("a.yml"), file("rules/b.yml")], |_| 0o600).expect("written");
        assert!(write(&dir, &[file("x.yml"), file("a.yml")], |_| 0o600).is_err());
        assert!(dir.join("a.yml").exists() && !dir.join("x.yml").exists());
    }
}

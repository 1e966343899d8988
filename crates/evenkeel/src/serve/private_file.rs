//! Files that only the owner of the data folder may read: made once, kept over restarts.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;

const PRIVATE_FILE: u32 = 0o600;
/// Both kinds of file hold one short line; what is longer is none of ours.
const BYTES_MAX: u64 = 4096;

/// 256 random bits of the operating system.
pub(super) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// The text of a file; it is made with `text` if it is not there, mode 0600 from the start, whole or not at all.
pub(super) fn read_or_make(path: &Path, text: impl FnOnce() -> String) -> anyhow::Result<String> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() || found.len() > BYTES_MAX => {
            anyhow::bail!("`{}` is not a file that evenkeel made; move it away", path.display())
        }
        Ok(_) => fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let text = text();
            make(path, &text).with_context(|| format!("cannot make `{}`", path.display()))?;
            Ok(text)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

/// INVARIANT: the process holds the lock of the data folder, so nobody else makes the file at the same time.
fn make(path: &Path, text: &str) -> std::io::Result<()> {
    let beside = path.with_added_extension("partial");
    // A file that a crash left here may have been anyone's.
    if let Err(error) = fs::remove_file(&beside)
        && error.kind() != ErrorKind::NotFound
    {
        return Err(error);
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(PRIVATE_FILE).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key");
        fs::write(path.with_added_extension("partial"), "left by a crash").expect("written");
        let first = read_or_make(&path, || "first\n".to_owned()).expect("it is made");
        let second = read_or_make(&path, || "second\n".to_owned()).expect("it is read");
        assert_eq!((first.as_str(), second.as_str()), ("first\n", "first\n"));
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = read_or_make(folder.path(), String::new).expect_err("a folder");
        assert!(error.to_string().contains("move it away"), "{error}");
        let path = folder.path().join("long");
        fs::write(&path, "x".repeat(5000)).expect("written");
        assert!(read_or_make(&path, String::new).is_err());
    }

    #[test]
    fn random_bits_are_other_ones_each_time() {
        assert_ne!(random(), random());
    }
}

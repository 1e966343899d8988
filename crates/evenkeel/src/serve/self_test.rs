//! Looked at before anything is served: what is secret in the data folder is readable for its owner alone.
//!
//! Files made here are so from the start. What this finds is what others did: a copy restored with other modes, a
//! file system that has no modes, a `chmod` too many.

use std::fs::{self, Metadata, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::link_key::LINK_KEY_FILE;
use super::owner_token::OWNER_TOKEN_FILE;

/// The key that signs checkpoints, and the journal itself: bodies of records are about people.
const JOURNAL_FILES: [&str; 4] = ["journal-key", "journal.db", "journal.db-wal", "journal.db-shm"];
const PLAN_SECRETS: &str = "plan-secrets";

/// Those of the folder that is made here.
const OWNER: u32 = 0o700;
/// Permissions of everyone else, and those of the group besides.
const OTHERS: u32 = 0o007;
const ALL_BUT_OWNER: u32 = 0o077;

/// Closes an empty folder to everyone else: whoever made it meant it for this, and nothing was in it to be read. Where that
/// cannot be done, [`check`] says what is wrong.
pub(super) fn close_empty(data: &Path) {
    if fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_none()) {
        drop(fs::set_permissions(data, Permissions::from_mode(OWNER)));
    }
}

/// Refuses a data folder in which others can read what is secret; what is not there yet is well.
pub(super) fn check(data: &Path) -> anyhow::Result<()> {
    let files = JOURNAL_FILES.into_iter().chain([OWNER_TOKEN_FILE, LINK_KEY_FILE]).map(|name| data.join(name));
    let exposed = [exposed(data.to_owned(), OTHERS)?, exposed_of(files.chain(plan_secrets(data)?))?].concat();
    if exposed.is_empty() {
        return Ok(());
    }
    let paths: Vec<_> = exposed.iter().map(|path| format!("'{}'", path.display())).collect();
    bail!(
        "others on this machine can read what is secret in the data folder; run\n  chmod go-rwx {}\nand if somebody may \
         have read `{OWNER_TOKEN_FILE}` or `{LINK_KEY_FILE}` already, remove it: the next start makes a new one",
        paths.join(" ")
    );
}

fn exposed_of(paths: impl Iterator<Item = PathBuf>) -> anyhow::Result<Vec<PathBuf>> {
    let found: anyhow::Result<Vec<Vec<PathBuf>>> = paths.map(|path| exposed(path, ALL_BUT_OWNER)).collect();
    Ok(found?.concat())
}

/// The path itself, if it is there and grants any of these permissions.
fn exposed(path: PathBuf, to: u32) -> anyhow::Result<Vec<PathBuf>> {
    let Some(found) = look_at(&path)? else { return Ok(Vec::new()) };
    Ok(if found.permissions().mode() & to == 0 { Vec::new() } else { vec![path] })
}

fn plan_secrets(data: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let folder = data.join(PLAN_SECRETS);
    if look_at(&folder)?.is_none() {
        return Ok(Vec::new());
    }
    let cannot = || format!("cannot read `{}`", folder.display());
    let entries = fs::read_dir(&folder).with_context(cannot)?.map(|entry| entry.map(|entry| entry.path()));
    entries.collect::<std::io::Result<_>>().with_context(cannot)
}

fn look_at(path: &Path) -> anyhow::Result<Option<Metadata>> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look at `{}`", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).expect("the mode is set");
    }

    /// A data folder as a start leaves it.
    fn data() -> tempfile::TempDir {
        let data = tempfile::tempdir().expect("a folder");
        mode(data.path(), 0o700);
        fs::create_dir(data.path().join(PLAN_SECRETS)).expect("made");
        for name in SECRETS {
            fs::write(data.path().join(name), "secret").expect("written");
            mode(&data.path().join(name), 0o600);
        }
        data
    }

    const SECRETS: [&str; 5] = ["journal-key", "journal.db", "owner-token", "link-key", "plan-secrets/3fa2"];

    #[test]
    fn a_folder_for_its_owner_alone_is_well() {
        let data = data();
        check(data.path()).expect("it is well");
        mode(data.path(), 0o750);
        check(data.path()).expect("a group may come in: there is nothing for it to read");
        check(&data.path().join("not-there")).expect("nothing is secret yet");
    }

    #[test]
    fn an_empty_folder_is_closed_and_any_other_is_left_alone() {
        let empty = tempfile::tempdir().expect("a folder");
        mode(empty.path(), 0o755);
        close_empty(empty.path());
        check(empty.path()).expect("it is closed");
        let data = data();
        mode(data.path(), 0o755);
        close_empty(data.path());
        assert!(check(data.path()).is_err(), "somebody may have looked already");
    }

    #[test]
    fn each_secret_that_others_can_read_is_named_with_what_helps() {
        for name in SECRETS {
            for open in [0o640, 0o604, 0o660, 0o602, 0o644, 0o666] {
                let data = data();
                let path = data.path().join(name);
                mode(&path, open);
                let error = check(data.path()).expect_err("it can be read").to_string();
                assert!(error.contains(&format!("chmod go-rwx '{}'\n", path.display())), "{name} {open:o}: {error}");
            }
        }
        for open in [0o755, 0o701, 0o777, 0o704] {
            let data = data();
            mode(data.path(), open);
            let error = check(data.path()).expect_err("others can come in").to_string();
            assert!(error.contains(&format!("chmod go-rwx '{}'\n", data.path().display())), "{open:o}: {error}");
        }
    }

    #[test]
    fn all_are_named_at_once() {
        let data = data();
        for name in SECRETS {
            mode(&data.path().join(name), 0o644);
        }
        let error = check(data.path()).expect_err("they can be read").to_string();
        assert!(SECRETS.iter().all(|name| error.contains(name)), "{error}");
    }
}

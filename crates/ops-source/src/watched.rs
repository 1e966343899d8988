//! A folder that is looked at again and again.
//!
//! Looking compares names, sizes, times and inodes; content is read only when one of them changed. A clock that ticks
//! coarsely gives two changes one time, so what changed a moment ago is read again until it has been left alone.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::read::{open, too_much};
use crate::{Error, Gathered, OpsFiles, gather};

/// No file system's clock ticks more seldom.
const TICK_S: i64 = 2;

/// A folder, and how it was when it was read last.
#[derive(Debug)]
pub struct Watched {
    dir: PathBuf,
    read: Option<Stamp>,
}

/// Equal for a folder nothing was changed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    of: [u8; 32],
    /// When something was changed last, in seconds since 1970.
    changed_at: i64,
}

impl Watched {
    /// A folder that was never looked at.
    #[must_use]
    pub const fn new(dir: PathBuf) -> Self {
        Self { dir, read: None }
    }

    /// The folder's files when they may have changed since this was last asked.
    ///
    /// # Errors
    /// [`Error`] as for [`read`](crate::read); the next look reads then.
    pub fn changed(&mut self, now: SystemTime) -> Result<Option<OpsFiles>, Error> {
        let before = self.read.take();
        let folder = open(&self.dir)?;
        let gathered = gather(&folder).map_err(|source| too_much(&self.dir, source))?;
        let stamp = Stamp::of(&gathered);
        if before == Some(stamp) {
            self.read = before;
            return Ok(None);
        }
        let files = gathered.contents(&folder).map_err(|source| too_much(&self.dir, source))?;
        let now_s = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let rested = i64::try_from(now_s).unwrap_or(i64::MAX) > stamp.changed_at.saturating_add(TICK_S);
        self.read = rested.then_some(stamp);
        Ok(Some(files))
    }

    /// Makes the next look read.
    pub fn forget(&mut self) {
        self.read = None;
    }

    /// Which folder it is.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

impl Stamp {
    fn of(gathered: &Gathered<PathBuf>) -> Self {
        let mut hasher = Sha256::new();
        let mut changed_at = i64::MIN;
        for (path, place) in &gathered.read {
            hasher.update((path.len() as u64).to_be_bytes());
            hasher.update(path.as_bytes());
            // Whoever sets a file's time back cannot set back when that was done.
            let Ok(found) = fs::metadata(place) else { continue };
            changed_at = changed_at.max(found.ctime());
            for number in [found.mtime(), found.mtime_nsec(), found.ctime(), found.ctime_nsec()] {
                hasher.update(number.to_be_bytes());
            }
            for number in [found.size(), found.ino(), found.dev()] {
                hasher.update(number.to_be_bytes());
            }
        }
        hasher.update(gathered.found().fingerprint().0);
        Self { of: hasher.finalize().into(), changed_at }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn content_is_read_when_something_changed_and_until_it_rests() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("a.yml");
        fs::write(&file, "1").expect("a file");
        let mut watched = Watched::new(dir.path().to_owned());
        let soon = SystemTime::now();
        let later = soon + Duration::from_secs(60);
        let mut text = |now| watched.changed(now).expect("a folder").map(|files| files.files[0].bytes.clone());
        assert_eq!([text(soon), text(soon)], [Some(b"1".to_vec()), Some(b"1".to_vec())], "perhaps in the same tick");
        assert_eq!([text(later), text(later), text(later)], [Some(b"1".to_vec()), None, None]);
        let times = fs::metadata(&file).and_then(|found| found.modified()).expect("a time");
        fs::write(&file, "2").expect("a file");
        fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(times)).expect("set back");
        assert_eq!([text(later), text(later)], [Some(b"2".to_vec()), None]);
        fs::write(dir.path().join(".evenkeelignore"), "b.yml").expect("a file");
        assert_eq!([text(later), text(later)], [Some(b"2".to_vec()), None]);
    }
}

//! Snapshots of the folded state: caches, never truth.
//!
//! ```text
//! magic "EVKSNAP1" | state version u32 | seq u64 | hash [32] | length u64 | state | SHA-256 of all before [32]
//! ```
//!
//! A snapshot counts only if it is whole, of the wanted state version, and made at a record that the journal
//! has with that very hash. One that does not count is passed over with a reason, and the state is folded
//! from further back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use evenkeel_ids::Seq;
use evenkeel_record::{HASH_BYTES, Hash};

use crate::{Journal, ReadError, folder};

const FOLDER: &str = "snapshots";
const SUFFIX: &str = ".snapshot";
const MAGIC: &[u8; 8] = b"EVKSNAP1";
const HEAD_BYTES: usize = 8 + 4 + 8 + HASH_BYTES + 8;

/// A state as it was right after a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The last record folded into it.
    pub seq: Seq,
    /// That record's hash.
    pub hash: Hash,
    /// The state, as the caller encoded it.
    pub state: Vec<u8>,
}

/// What looking for a snapshot gave.
#[derive(Debug, Default)]
pub struct LatestSnapshot {
    /// The newest that counts.
    pub found: Option<Snapshot>,
    /// Newer ones that do not count, each with its reason, for the log.
    pub skipped: Vec<String>,
}

/// Why a snapshot was not written. The journal is untouched.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing} `{path}`")]
pub struct SnapshotError {
    doing: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl Journal {
    /// Keeps a snapshot of the state after record `seq`, and of the older ones only the newest.
    ///
    /// # Errors
    /// [`SnapshotError`] when it cannot be written; an older one is then still there.
    pub fn write_snapshot(&self, seq: Seq, hash: Hash, state_version: u32, state: &[u8]) -> Result<(), SnapshotError> {
        let folder = self.folder.join(FOLDER);
        let failed = |doing, path: &Path| {
            let path = path.to_owned();
            move |source| SnapshotError { doing, path, source }
        };
        folder::create_private_folder(&folder).map_err(failed("make the folder", &folder))?;
        let path = folder.join(format!("{:020}{SUFFIX}", seq.0));
        let head = head(seq, hash, state_version, state);
        let sum = Hash::of(&[&head, state]);
        folder::write_whole(&path, &[&head, state, &sum.0]).map_err(failed("write", &path))?;
        self.prune(seq).map_err(failed("tidy up", &folder))
    }

    /// The newest snapshot of this state version that counts.
    #[must_use]
    pub fn latest_snapshot(&self, state_version: u32) -> LatestSnapshot {
        let mut latest = LatestSnapshot::default();
        let files = match self.snapshot_files() {
            Ok(files) => files,
            Err(error) => {
                latest.skipped.push(format!("`{FOLDER}` cannot be listed: {error}"));
                return latest;
            }
        };
        for (_, path) in files {
            match self.read_snapshot(&path, state_version) {
                Ok(snapshot) => {
                    latest.found = Some(snapshot);
                    break;
                }
                Err(reason) => latest.skipped.push(format!("`{}`: {reason}", path.display())),
            }
        }
        latest
    }

    fn read_snapshot(&self, path: &Path, state_version: u32) -> Result<Snapshot, String> {
        let bytes = fs::read(path).map_err(|error| error.to_string())?;
        let (version, snapshot) = parse(bytes).ok_or("it is cut off or altered")?;
        if version != state_version {
            return Err(format!("it has state version {version}, and {state_version} is wanted"));
        }
        match self.reader.hash_at(snapshot.seq) {
            Ok(Some(hash)) if hash == snapshot.hash => Ok(snapshot),
            Ok(Some(_)) => Err(format!("record {} has another hash in this journal", snapshot.seq)),
            Ok(None) => Err(format!("this journal has no record {}", snapshot.seq)),
            Err(ReadError::Sqlite { source, .. }) => Err(source.to_string()),
            Err(error @ (ReadError::Damaged { .. } | ReadError::Unlinked { .. })) => Err(error.to_string()),
        }
    }

    /// Removes all but the one just written and the newest before it. One with a higher number is of a
    /// journal that is no more.
    fn prune(&self, written: Seq) -> io::Result<()> {
        let files = self.snapshot_files()?;
        let (newer, rest): (Vec<_>, Vec<_>) = files.into_iter().partition(|(seq, _)| *seq > written);
        newer.iter().chain(rest.iter().skip(2)).try_for_each(|(_, path)| fs::remove_file(path))
    }

    /// Removes every snapshot: what they hold may be what was just erased.
    pub(crate) fn drop_snapshots(&self) -> io::Result<()> {
        self.snapshot_files()?.iter().try_for_each(|(_, path)| fs::remove_file(path))?;
        match self.folder.join(FOLDER) {
            folder if folder.is_dir() => folder::sync_folder(&folder),
            _ => Ok(()),
        }
    }

    /// Newest first.
    fn snapshot_files(&self) -> io::Result<Vec<(Seq, PathBuf)>> {
        let entries = match fs::read_dir(self.folder.join(FOLDER)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files = Vec::new();
        for entry in entries {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if let Some(number) = name.strip_suffix(SUFFIX).and_then(|number| number.parse().ok()) {
                files.push((Seq(number), path));
            }
        }
        files.sort_unstable_by(|a, b| b.cmp(a));
        Ok(files)
    }
}

fn head(seq: Seq, hash: Hash, state_version: u32, state: &[u8]) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    head.extend(MAGIC);
    head.extend(state_version.to_be_bytes());
    head.extend(seq.0.to_be_bytes());
    head.extend(hash.0);
    head.extend((state.len() as u64).to_be_bytes());
    head
}

fn parse(mut bytes: Vec<u8>) -> Option<(u32, Snapshot)> {
    let (content, sum) = bytes.split_last_chunk::<HASH_BYTES>()?;
    if Hash::of(&[content]).0 != *sum {
        return None;
    }
    let (magic, rest) = content.split_first_chunk::<8>()?;
    let (version, rest) = rest.split_first_chunk::<4>()?;
    let (seq, rest) = rest.split_first_chunk::<8>()?;
    let (hash, rest) = rest.split_first_chunk::<HASH_BYTES>()?;
    let (length, state) = rest.split_first_chunk::<8>()?;
    if magic != MAGIC || u64::from_be_bytes(*length) != state.len() as u64 {
        return None;
    }
    let (version, seq, hash) = (u32::from_be_bytes(*version), Seq(u64::from_be_bytes(*seq)), Hash(*hash));
    bytes.truncate(bytes.len() - HASH_BYTES);
    bytes.drain(..HEAD_BYTES);
    Some((version, Snapshot { seq, hash, state: bytes }))
}

//! The engine's journal port on the journal's SQLite file.

use std::sync::mpsc;
use std::thread;

use evenkeel_engine::{STATE_VERSION, Snapshot, State, Stored};
use evenkeel_journal::{CommitError, Decoded, Journal, OpenError, Page, ReadError, SnapshotError};
use evenkeel_record::Record;
use evenkeel_record::chain::{Head, Sealed};

/// The journal as the engine sees it.
#[derive(Debug)]
pub(crate) struct Port(pub(crate) Journal);

/// Why the journal did not do what the engine asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PortError {
    /// A commit failed.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The journal cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The journal cannot be opened anew.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A record is of a kind this program does not know, or malformed.
    #[error("{0}")]
    Unreadable(String),
}

impl PortError {
    /// What to do about it.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            Self::Commit(error) => error.help(),
            Self::Read(_) | Self::Open(_) => {
                "see `evenkeel journal verify`, and restore from a backup if it is damaged"
            }
            Self::Unreadable(_) => "run the version that wrote the journal, or a newer one",
        }
    }

    /// Whether giving up the reserve can help.
    pub(crate) fn disk_full(&self) -> bool {
        matches!(self, Self::Commit(CommitError::DiskFull(_)))
    }
}

/// Pages that wait for the thread that decodes, and decoded ones that wait to be folded.
const PAGES_AHEAD: usize = 4;

impl evenkeel_engine::Journal for Port {
    type Error = PortError;

    fn head(&mut self) -> Result<Head, PortError> {
        Ok(self.0.reload_head()?)
    }

    fn commit(&mut self, records: &[Sealed]) -> Result<(), PortError> {
        Ok(self.0.commit(records)?)
    }

    fn snapshot(&mut self) -> Option<Snapshot> {
        let latest = self.0.latest_snapshot(STATE_VERSION);
        for reason in &latest.skipped {
            tracing::warn!(reason, "a snapshot is not used");
        }
        let found = latest.found?;
        let state: State = match postcard::from_bytes(&found.state) {
            Ok(state) => state,
            Err(error) => {
                tracing::warn!(%error, "a snapshot cannot be decoded and is not used");
                return None;
            }
        };
        Some(Snapshot { head: Head { seq: found.seq, hash: found.hash }, state })
    }

    /// Reads pages here, decodes them on a thread, and folds here, all at once.
    fn replay(&mut self, after: Head, visit: &mut dyn FnMut(Stored)) -> Result<(), PortError> {
        thread::scope(|scope| {
            let (to_decode, pages) = mpsc::sync_channel::<Page>(PAGES_AHEAD);
            let (decoded, to_fold) = mpsc::sync_channel::<Result<Vec<Stored>, String>>(PAGES_AHEAD);
            scope.spawn(move || {
                for page in pages {
                    if decoded.send(decode(&page, after)).is_err() {
                        return;
                    }
                }
            });
            let mut under_way = 0;
            let mut fold = |records: Result<Vec<Stored>, String>| {
                records.map_err(PortError::Unreadable)?.into_iter().for_each(&mut *visit);
                Ok::<(), PortError>(())
            };
            for page in self.0.read().pages(after.seq.next()) {
                if under_way == PAGES_AHEAD {
                    fold(to_fold.recv().map_err(|_| gone())?)?;
                    under_way -= 1;
                }
                to_decode.send(page?).map_err(|_| gone())?;
                under_way += 1;
            }
            drop(to_decode);
            while under_way > 0 {
                fold(to_fold.recv().map_err(|_| gone())?)?;
                under_way -= 1;
            }
            Ok(())
        })
    }
}

fn gone() -> PortError {
    PortError::Unreadable("the thread that decodes records ended".to_owned())
}

fn decode(page: &Page, after: Head) -> Result<Vec<Stored>, String> {
    let mut records = Vec::new();
    for stored in page.records() {
        let stored = stored.map_err(|(seq, fault)| format!("the row of record {seq} is damaged: {fault}"))?;
        let decoded = stored.decode().map_err(|error| error.to_string())?;
        if decoded.header.seq > after.seq {
            records.push(stored_of(decoded));
        }
    }
    Ok(records)
}

fn stored_of(decoded: Decoded) -> Stored {
    if decoded.body.is_none() {
        return Stored::Erased(decoded.header);
    }
    let erased = decoded.header.clone();
    decoded.into_record().map_or(Stored::Erased(erased), |record: Record| Stored::Record(record))
}

/// Stores the state behind `head`, to spare folding at the next start.
pub(crate) fn write_snapshot(journal: &Journal, head: Head, state: &State) -> Result<(), SnapshotError> {
    let bytes = postcard::to_allocvec(state).expect("a state holds nothing that cannot be encoded");
    journal.write_snapshot(head.seq, head.hash, STATE_VERSION, &bytes)
}

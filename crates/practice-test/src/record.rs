//! What a script's world made durable, as a journal on disk with its evidence.

use std::path::Path;
use std::time::Duration;

use evenkeel_evidence::{Evidence, Reading, ReviewFacts};
use evenkeel_ids::Seq;
use evenkeel_journal::{Journal, Reader};
use evenkeel_lens::{At, Lens, Review, review};
use evenkeel_record::Header;
use evenkeel_record::chain::Sealed;
use evenkeel_scenario::World;
use evenkeel_time::Timestamp;
use tempfile::{Builder, TempDir};

/// Nothing else projects, so nothing is waited for.
const WAIT: Duration = Duration::ZERO;
/// Where files lie in memory on Linux: a journal waits for the disk at every commit, and here nothing is lost with it.
const MEMORY: &str = "/dev/shm";

/// A journal on disk that follows a world, and the evidence of it.
#[derive(Debug)]
pub struct Record {
    folder: TempDir,
    journal: Journal,
    evidence: Evidence,
    written: usize,
}

impl Record {
    /// An empty one, in a folder of its own.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new() -> Result<Self, String> {
        let named = Builder::new().prefix("practice-test").tempdir_in(MEMORY);
        let folder = named.or_else(|_| tempfile::tempdir()).map_err(|error| error.to_string())?;
        let journal = Journal::open(folder.path()).map_err(|error| error.to_string())?;
        let evidence = Evidence::sqlite(folder.path());
        Ok(Self { folder, journal, evidence, written: 0 })
    }

    /// The folder with the journal and the evidence.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Takes in what the world recorded since, and brings the evidence up to date.
    ///
    /// # Errors
    /// When that fails.
    pub fn follow(&mut self, world: &mut World) -> Result<(), String> {
        let fresh: Vec<Sealed> = world.journal()?.sealed().iter().skip(self.written).cloned().collect();
        if !fresh.is_empty() {
            self.journal.commit(&fresh).map_err(|error| error.to_string())?;
            self.written += fresh.len();
        }
        self.project()
    }

    /// Deletes the evidence, and makes it again of the journal.
    ///
    /// # Errors
    /// When that fails.
    #[expect(clippy::disallowed_methods, reason = "its own files, in a folder that is removed")]
    pub fn make_again(&mut self) -> Result<(), String> {
        for ending in ["", "-wal", "-shm"] {
            match std::fs::remove_file(self.folder().join(format!("evidence.db{ending}"))) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound && !ending.is_empty() => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        self.evidence = Evidence::sqlite(self.folder());
        self.project()
    }

    /// The number of the last record.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn last(&self) -> Result<Seq, String> {
        Ok(self.journal()?.head().map_err(|error| error.to_string())?.seq)
    }

    /// Judges every practice of a lens by what was taken in.
    ///
    /// # Errors
    /// When the evidence cannot be asked.
    pub fn review(&self, lens: &Lens, to: Timestamp) -> Result<Review, String> {
        self.review_as_of(&mut self.reading()?, lens, self.last()?, to)
    }

    /// The same as of a record, by the evidence that is given: this one's, or another store's of the same journal.
    ///
    /// # Errors
    /// When the evidence cannot be asked, or there is no such record.
    pub fn review_as_of(&self, reading: &mut Reading, lens: &Lens, seq: Seq, to: Timestamp) -> Result<Review, String> {
        let (journal, at) = (self.journal()?, self.at(seq, to)?);
        let as_of = reading.at(seq.0, WAIT).map_err(|error| chain(&error))?;
        review(&mut ReviewFacts::new(as_of, Some(&journal)), lens, at).map_err(|error| chain(&error))
    }

    /// What a review as of a record is of.
    ///
    /// # Errors
    /// When there is no such record.
    pub fn at(&self, seq: Seq, to: Timestamp) -> Result<At, String> {
        let sealed = self.journal()?.record(seq).map_err(|error| error.to_string())?;
        let sealed = sealed.ok_or_else(|| format!("there is no record {seq}"))?;
        let (header, _) = Header::decode(&sealed.header).map_err(|error| error.to_string())?;
        Ok(At { plan: header.plan, seq, head: sealed.hash, to })
    }

    /// Opens the evidence, to be asked.
    ///
    /// # Errors
    /// When there is none yet.
    pub fn reading(&self) -> Result<Reading, String> {
        Reading::open(self.folder()).map_err(|error| chain(&error))
    }

    /// Opens the journal, to be read.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn journal(&self) -> Result<Reader, String> {
        Reader::open(&self.folder().join("journal.db")).map_err(|error| error.to_string())
    }

    fn project(&mut self) -> Result<(), String> {
        let reader = self.journal()?;
        self.evidence.catch_up(&reader, WAIT, &mut |_| ()).map_err(|error| chain(&error))?;
        Ok(())
    }
}

/// An error with what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

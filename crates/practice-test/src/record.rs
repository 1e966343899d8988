//! What a script's world made durable, as a journal on disk with its evidence.

use std::time::Duration;

use evenkeel_evidence::{Evidence, Reading, ReviewFacts};
use evenkeel_journal::{Journal, Reader};
use evenkeel_lens::{At, Lens, Review, review};
use evenkeel_record::chain::Sealed;
use evenkeel_scenario::World;
use evenkeel_time::Timestamp;
use tempfile::TempDir;

/// Nothing else projects, so nothing is waited for.
const WAIT: Duration = Duration::ZERO;

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
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let journal = Journal::open(folder.path()).map_err(|error| error.to_string())?;
        let evidence = Evidence::sqlite(folder.path());
        Ok(Self { folder, journal, evidence, written: 0 })
    }

    /// The folder with the journal and the evidence.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
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
        let reader = self.reader()?;
        self.evidence.catch_up(&reader, WAIT, &mut |_| ()).map_err(|error| chain(&error))?;
        Ok(())
    }

    /// Judges every practice of a lens by what was taken in.
    ///
    /// # Errors
    /// When the evidence cannot be asked.
    pub fn review(&self, lens: &Lens, to: Timestamp) -> Result<Review, String> {
        let reader = self.reader()?;
        let head = reader.head().map_err(|error| error.to_string())?;
        let mut reading = Reading::open(self.folder.path()).map_err(|error| chain(&error))?;
        let now = reading.now().map_err(|error| chain(&error))?;
        let at = At { plan: evenkeel_ids::PlanHash::NONE, seq: head.seq, head: head.hash, to };
        review(&mut ReviewFacts::new(now, Some(&reader)), lens, at).map_err(|error| chain(&error))
    }

    fn reader(&self) -> Result<Reader, String> {
        Reader::open(&self.folder.path().join("journal.db")).map_err(|error| error.to_string())
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

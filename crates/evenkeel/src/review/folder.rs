//! A data folder's journal with its evidence, brought up to date, also beside a running server.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use evenkeel_evidence::{Evidence, Progress, Reading, ReviewFacts};
use evenkeel_journal::Reader;
use evenkeel_lens::{At, Lens, Review, review};

/// A server that runs projects itself; it gets so long to come as far as the journal is.
const WAIT: Duration = Duration::from_secs(30);

/// A data folder, to be asked.
#[derive(Debug)]
pub(crate) struct Folder {
    reader: Reader,
    reading: Reading,
}

impl Folder {
    /// Opens it, and brings its evidence up to date.
    pub(crate) fn open(data: &Path, progress: &mut dyn FnMut(Progress)) -> anyhow::Result<Self> {
        let file = data.join("journal.db");
        let reader = Reader::open(&file).with_context(|| format!("cannot read the record in `{}`", data.display()))?;
        let caught_up = Evidence::sqlite(data).catch_up(&reader, WAIT, progress)?;
        if let Some(rebuilt) = caught_up.rebuilt {
            tracing::info!("the evidence is made anew: {}", rebuilt.why());
        }
        Ok(Self { reader, reading: Reading::open(data)? })
    }

    /// The journal.
    pub(crate) const fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The evidence.
    pub(crate) const fn reading(&mut self) -> &mut Reading {
        &mut self.reading
    }

    /// Judges by a lens.
    pub(crate) fn review(&mut self, lens: &Lens, at: At) -> anyhow::Result<Review> {
        Ok(review(&mut self.facts()?, lens, at)?)
    }

    /// The journal and the evidence, both at once.
    pub(crate) const fn parts(&mut self) -> (&Reader, &mut Reading) {
        (&self.reader, &mut self.reading)
    }

    /// What a review asks.
    pub(crate) fn facts(&mut self) -> anyhow::Result<ReviewFacts<'_>> {
        Ok(ReviewFacts::new(self.reading.now()?, Some(&self.reader)))
    }
}

//! Verifying: every hash, every link, every number, every checkpoint.
//!
//! Works on a running server's journal and on a copy; what is checked is the journal as it was at one
//! moment. A fault does not end the check: it goes on behind it, so that one pass shows all.

mod fault;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_ids::Seq;
use evenkeel_record::chain::{Broken, Head};
use evenkeel_record::{Hash, Header};

use crate::erase::erased_by;
use crate::row::{Stored, UnreadableRecord};
use crate::{Checkpoint, PublicKey, ReadError, Reader, Row};

pub use fault::{Fault, FaultKind};

/// A report lists at most this many faults, and counts the others.
const FAULTS_LISTED: usize = 1000;

/// What to verify, and against what.
#[derive(Debug, Clone)]
pub struct Verification {
    /// The first record; what is before it is trusted.
    pub from: Seq,
    /// The last record.
    pub to: Seq,
    /// Whether the file's structure and the plans are looked at, too; that takes longer the larger the file is.
    pub file: bool,
    /// Keys whose checkpoints count. Empty: those the journal itself names, which proves nothing against one
    /// who could write to it.
    pub keys: Vec<PublicKey>,
    /// Checkpoints that were kept outside, as notes; checked like those in the journal.
    pub notes: Vec<String>,
}

impl Default for Verification {
    fn default() -> Self {
        Self { from: Seq(1), to: Seq(u64::MAX), file: true, keys: Vec::new(), notes: Vec::new() }
    }
}

/// What verifying found.
#[derive(Debug, Clone, Default)]
pub struct VerifyReport {
    /// The last record and its hash.
    pub head: Head,
    /// How many records were checked.
    pub records: u64,
    /// How many of them have their body erased, each with its record that says so.
    pub erased: u64,
    /// How many checkpoints fit.
    pub checkpoints: u64,
    /// The newest checkpoint that fits.
    pub last_checkpoint: Option<Checkpoint>,
    /// Whether the keys were given, not taken from the journal.
    pub keys_given: bool,
    /// What is wrong, in the order found; at most the first 1,000.
    pub faults: Vec<Fault>,
    /// How many faults there are beyond those.
    pub unlisted_faults: u64,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn sound(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, at: Seq, kind: FaultKind) {
        if self.faults.len() < FAULTS_LISTED {
            self.faults.push(Fault { at, kind });
        } else {
            self.unlisted_faults += 1;
        }
    }
}

impl Reader {
    /// Verifies the journal; `progress` is told the last record checked, about once a MiB.
    ///
    /// # Errors
    /// [`ReadError`] when the disk or a lock is in the way. Damage is no error but a fault in the report.
    pub fn verify(&self, what: &Verification, progress: impl FnMut(Seq)) -> Result<VerifyReport, ReadError> {
        let begun = self.connection.unchecked_transaction();
        let moment = begun.map_err(|error| self.failed("begin to read", error))?;
        let mut check = Check { reader: self, what, report: VerifyReport::default(), chain: Chain::default() };
        let checked = check.all(progress);
        drop(moment);
        match checked {
            Err(error) if error.names_damage() => {
                let behind = check.chain.head.seq.next();
                check.report.fault(behind, FaultKind::File(error_text(&error)));
                Ok(check.report)
            }
            Err(error) => Err(error),
            Ok(()) => Ok(check.report),
        }
    }
}

fn error_text(error: &ReadError) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

struct Check<'a> {
    reader: &'a Reader,
    what: &'a Verification,
    report: VerifyReport,
    chain: Chain,
}

#[derive(Default)]
struct Chain {
    head: Head,
    /// Erased, and not yet said to be.
    unexplained: BTreeSet<Seq>,
    explained: BTreeSet<Seq>,
    /// Hashes that checkpoints are about.
    wanted: BTreeMap<Seq, Option<Hash>>,
}

impl Check<'_> {
    fn all(&mut self, mut progress: impl FnMut(Seq)) -> Result<(), ReadError> {
        if self.what.file {
            self.file()?;
        }
        let checkpoints = self.signed_checkpoints()?;
        self.chain.wanted = checkpoints.iter().map(|checkpoint| (checkpoint.seq, None)).collect();
        for page in self.reader.pages_unchecked(Seq(self.what.from.0.saturating_sub(1))) {
            let page = page?;
            page.rows().for_each(|row| self.row(row));
            progress(self.chain.head.seq);
            if self.chain.head.seq >= self.what.to {
                break;
            }
        }
        self.report.head = self.chain.head;
        self.erasures_behind()?;
        for seq in std::mem::take(&mut self.chain.unexplained) {
            self.report.fault(seq, FaultKind::ErasedUnexplained);
        }
        let newest = if self.chain.head.seq >= self.what.to { self.reader.head()?.seq } else { self.chain.head.seq };
        checkpoints.into_iter().for_each(|checkpoint| self.checkpoint(checkpoint, newest));
        if self.what.file { self.plans() } else { Ok(()) }
    }

    /// SQLite's own look at the file's structure.
    fn file(&mut self) -> Result<(), ReadError> {
        let connection = &self.reader.connection;
        let said = || {
            let mut statement = connection.prepare("PRAGMA quick_check(100)")?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            rows.collect::<Result<Vec<_>, _>>()
        };
        let said = said().map_err(|error| self.reader.failed("check the structure", error))?;
        for line in said.into_iter().filter(|line| line != "ok") {
            self.report.fault(Seq(0), FaultKind::File(line));
        }
        // Numbers begin at 1; nothing ever reads a row in front of that.
        let hidden = connection.query_row("SELECT count(*) FROM journal WHERE first_seq < 1", [], |row| row.get(0));
        let hidden: i64 = hidden.map_err(|error| self.reader.failed("count rows", error))?;
        if hidden > 0 {
            self.report.fault(Seq(0), FaultKind::HiddenRows(hidden));
        }
        Ok(())
    }

    fn row(&mut self, row: Row<'_>) {
        if row.first > self.what.to {
            return;
        }
        let mut ends = None;
        for record in row.records {
            match record {
                Ok(record) => {
                    let seq = record.seq().unwrap_or_default();
                    ends = Some((ends.map_or(seq, |(first, _)| first), seq));
                    self.record(&record);
                }
                Err(fault) => {
                    let at = ends.map_or(row.first, |(_, last): (Seq, Seq)| last.next());
                    self.report.fault(at, FaultKind::Row(fault));
                    // What is behind is checked against what it says itself.
                    self.chain.head = Head { seq: row.last, hash: Hash::ZERO };
                    return;
                }
            }
        }
        if ends != Some((row.first, row.last)) {
            self.report.fault(row.first, FaultKind::RowMislabelled { first: row.first, last: row.last });
        }
    }

    fn record(&mut self, record: &Stored<'_>) {
        let seq = record.seq();
        if seq.is_some_and(|seq| seq < self.what.from) && self.report.records == 0 {
            self.chain.head = Head { seq: seq.unwrap_or_default(), hash: record.hash };
            return;
        }
        if seq.is_some_and(|seq| seq > self.what.to) {
            return;
        }
        self.report.records += 1;
        let expected = self.chain.head.seq.next();
        let body = record.body.as_ref().map(|(salt, body)| (salt, *body));
        match self.chain.head.verify_parts(record.header, record.hash, body) {
            Ok(header) => {
                let behind = record.header.len() - header.encoded_len();
                if behind > 0 {
                    self.report.fault(header.seq, FaultKind::Header(UnreadableRecord::HeaderTooLong(behind)));
                }
                self.erasures(record, &header);
            }
            Err(broken) => {
                let follows_itself = matches!(broken, Broken::OutOfSequence { .. });
                let at = seq.filter(|_| follows_itself).unwrap_or(expected);
                self.report.fault(at, FaultKind::Chain(broken));
                self.chain.head = Head { seq: at, hash: record.hash };
                if record.body.is_none() {
                    self.chain.unexplained.insert(at);
                }
            }
        }
        if let Some(wanted) = self.chain.wanted.get_mut(&self.chain.head.seq) {
            *wanted = Some(self.chain.head.hash);
        }
    }

    /// What says that a body in the range was erased may stand behind the range.
    fn erasures_behind(&mut self) -> Result<(), ReadError> {
        let (reader, behind) = (self.reader, Seq(self.what.to.0.saturating_add(1)));
        if self.chain.unexplained.is_empty() || behind <= self.what.to {
            return Ok(());
        }
        reader.replay(behind, |record| {
            let erased = record.header().ok().and_then(|header| erased_by(&header));
            if erased.is_some_and(|erased| self.chain.unexplained.remove(&erased)) {
                self.report.erased += 1;
            }
            Ok(())
        })
    }

    fn erasures(&mut self, record: &Stored<'_>, header: &Header) {
        if record.body.is_none() {
            self.chain.unexplained.insert(header.seq);
        }
        let Some(erased) = erased_by(header) else {
            return;
        };
        if self.chain.unexplained.remove(&erased) {
            self.chain.explained.insert(erased);
            self.report.erased += 1;
        } else if erased >= self.what.from && !self.chain.explained.contains(&erased) {
            self.report.fault(erased, FaultKind::StillThere { by: header.seq });
        }
    }
}

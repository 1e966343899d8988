//! Bringing the evidence up to date with the journal.

use std::path::Path;
use std::time::{Duration, Instant};

use evenkeel_ids::Seq;
use evenkeel_journal::{ReadError, Reader};
use evenkeel_record::Hash;

use crate::backend::{Backend, Cursor, Engine};
use crate::error::{EvidenceError, Trouble};
use crate::project::{Projected, Projector};
use crate::rows::Rows;
use crate::sqlite::SqliteEngine;

/// How long it is waited, unless said otherwise, until another process has brought the evidence up to date.
pub const WAIT: Duration = Duration::from_secs(30);
/// How often it is tried to take over from another process.
const LOOK: Duration = Duration::from_millis(20);
/// Changes that are written as one.
const BATCH: usize = 60_000;
/// After so many records the engine looks through the tables, to choose its indexes well.
const SETTLE: u64 = 50_000;

/// The store, to be brought up to date.
#[derive(Debug)]
pub struct Evidence {
    engine: Box<dyn Engine>,
    /// `None` while nothing was read yet, or after a failure.
    projector: Option<Projector>,
    cursor: Cursor,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The last record that is in.
    pub seq: u64,
    /// The last record of the journal, as it was when this began.
    pub head: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaughtUp {
    /// The last record that is in.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// How many records were taken in.
    pub records: u64,
    /// How many of them had an erased body, and were passed over.
    pub erased: u64,
    /// Why everything was made anew.
    pub rebuilt: Option<Rebuilt>,
}

/// Why everything was made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuilt {
    /// There was nothing.
    Missing,
    /// What was there is of another version.
    OtherVersion,
    /// What was there could not be read.
    Damaged,
    /// It was ahead of the journal.
    Ahead,
    /// It was made of another journal.
    OtherJournal,
    /// A body it held was erased from the journal.
    Erased,
}

impl Rebuilt {
    /// For people, behind `the evidence is made anew: `.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Missing => "there was none",
            Self::OtherVersion => "it was of another version of the program",
            Self::Damaged => "what was there could not be read",
            Self::Ahead => "it was ahead of the journal, which was restored or cut",
            Self::OtherJournal => "it was made of another journal",
            Self::Erased => "what a body said was erased from the journal",
        }
    }
}

impl Evidence {
    /// The store on SQLite in a data folder. Nothing is read or made yet.
    #[must_use]
    pub fn sqlite(folder: &Path) -> Self {
        Self::on(Box::new(SqliteEngine::of(folder)))
    }

    /// The store on PostgreSQL, in the schema `evenkeel_evidence` of the database that `config` names. Nothing is read
    /// or made yet.
    #[cfg(feature = "postgres")]
    #[must_use]
    pub fn postgres(config: &str) -> Self {
        Self::on(Box::new(crate::postgres::PostgresEngine::of(config)))
    }

    fn on(engine: Box<dyn Engine>) -> Self {
        Self { engine, projector: None, cursor: Cursor::default() }
    }

    /// Brings the evidence to the journal's last record.
    ///
    /// One process does that at a time. Where another one is at it, this waits for it to come so far, at most until
    /// `wait` is over, and takes over when it ends before.
    ///
    /// # Errors
    /// [`EvidenceError::Behind`] when another process did not come so far in time; else when the store or the journal
    /// fails. What was written until then stays.
    pub fn catch_up(
        &mut self,
        journal: &Reader,
        wait: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<CaughtUp, EvidenceError> {
        let head = journal.head().map_err(EvidenceError::Read)?;
        let start = Instant::now();
        let _lock = loop {
            if let Some(lock) = self.engine.lock()? {
                break lock;
            }
            if let Some(cursor) = self.of_the_other()?
                && cursor.seq >= head.seq.0
                && journal.hash_at(Seq(cursor.seq)).map_err(EvidenceError::Read)? == Some(cursor.hash)
            {
                self.projector = None;
                let (seq, hash) = (cursor.seq, cursor.hash);
                return Ok(CaughtUp { seq, hash, records: 0, erased: 0, rebuilt: None });
            }
            let waited = start.elapsed();
            if waited >= wait {
                let at = self.of_the_other()?.map_or(0, |cursor| cursor.seq);
                return Err(EvidenceError::Behind { at, wanted: head.seq.0, waited: wait });
            }
            std::thread::sleep(LOOK.min(wait - waited));
        };
        let result = self.with_lock(journal, head.seq.0, progress);
        if result.is_err() {
            self.projector = None;
        }
        result
    }

    /// Where the process that projects is.
    fn of_the_other(&mut self) -> Result<Option<Cursor>, EvidenceError> {
        let (mut backend, _) = self.engine.open()?;
        backend.cursor().map_err(|trouble| trouble.at(self.engine.place()))
    }

    fn with_lock(
        &mut self,
        journal: &Reader,
        head: u64,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<CaughtUp, EvidenceError> {
        let mut rebuilt = self.stand(journal, head)?;
        // Twice at most: what a pass finds erased or damaged is not there any more in the next.
        for _ in 0..2 {
            match self.take_in(journal, head, progress) {
                Ok(Some((records, erased))) => {
                    let Cursor { seq, hash } = self.cursor;
                    return Ok(CaughtUp { seq, hash, records, erased, rebuilt });
                }
                Ok(None) => {
                    // Dropped tables leave their bytes in the file.
                    self.begin_anew()?;
                    rebuilt = Some(rebuilt.unwrap_or(Rebuilt::Erased));
                }
                Err(EvidenceError::Store { source, .. }) if crate::sqlite::is_damage(&*source) => {
                    self.begin_anew()?;
                    rebuilt = Some(Rebuilt::Damaged);
                }
                Err(error) => return Err(error),
            }
        }
        match self.take_in(journal, head, progress)? {
            Some((records, erased)) => {
                let Cursor { seq, hash } = self.cursor;
                Ok(CaughtUp { seq, hash, records, erased, rebuilt })
            }
            None => {
                let source = "a body is erased and there at once".into();
                Err(EvidenceError::Store { doing: "make the tables", place: self.engine.place().to_owned(), source })
            }
        }
    }

    /// Sees that the tables are of this program and this journal, and makes them anew where they are not.
    fn stand(&mut self, journal: &Reader, head: u64) -> Result<Option<Rebuilt>, EvidenceError> {
        let known = match &mut self.projector {
            // Somebody else may have projected, or removed the tables, since.
            Some(projector) => {
                let backend = projector.rows().backend();
                if backend.is_current() { backend.cursor() } else { Ok(None) }
            }
            None => Ok(None),
        };
        let same = known.as_ref().is_ok_and(|cursor| *cursor == Some(self.cursor));
        if !same || !self.follows(journal, head)? {
            self.projector = None;
            return self.open(journal, head);
        }
        Ok(None)
    }

    fn open(&mut self, journal: &Reader, head: u64) -> Result<Option<Rebuilt>, EvidenceError> {
        let (mut backend, damaged) = self.engine.open()?;
        let cursor = match backend.cursor() {
            Ok(cursor) => cursor,
            Err(trouble) if crate::sqlite::is_damage(&*trouble.source) => {
                drop(backend);
                self.begin_anew()?;
                return Ok(Some(Rebuilt::Damaged));
            }
            Err(trouble) => return Err(trouble.at(self.engine.place())),
        };
        let why = match cursor {
            None if damaged => Some(Rebuilt::Damaged),
            None => Some(if backend.is_empty().map_err(|trouble| trouble.at(self.engine.place()))? {
                Rebuilt::Missing
            } else {
                Rebuilt::OtherVersion
            }),
            Some(cursor) => {
                self.cursor = cursor;
                match (cursor.seq > head, self.follows(journal, head)?) {
                    (true, _) => Some(Rebuilt::Ahead),
                    (false, false) => Some(Rebuilt::OtherJournal),
                    (false, true) => None,
                }
            }
        };
        if why.is_some() {
            backend.rebuild().map_err(|trouble| trouble.at(self.engine.place()))?;
            self.cursor = Cursor::default();
        }
        self.project_into(backend)?;
        Ok(why)
    }

    /// Whether the journal has the record that was taken in last.
    fn follows(&self, journal: &Reader, head: u64) -> Result<bool, EvidenceError> {
        let Cursor { seq, hash } = self.cursor;
        if seq == 0 {
            return Ok(true);
        }
        Ok(seq <= head && journal.hash_at(Seq(seq)).map_err(EvidenceError::Read)? == Some(hash))
    }

    fn project_into(&mut self, backend: Box<dyn Backend>) -> Result<(), EvidenceError> {
        let failed = |trouble: Trouble| trouble.at(self.engine.place());
        let projector = Rows::new(backend).and_then(Projector::new).map_err(failed)?;
        self.projector = Some(projector);
        Ok(())
    }

    fn rebuild(&mut self) -> Result<(), EvidenceError> {
        self.projector = None;
        let (mut backend, _) = self.engine.open()?;
        backend.rebuild().map_err(|trouble| trouble.at(self.engine.place()))?;
        self.cursor = Cursor::default();
        self.project_into(backend)
    }

    /// With nothing left of what was there: what is damaged cannot be dropped table by table, and what was erased may not
    /// stay in the file.
    fn begin_anew(&mut self) -> Result<(), EvidenceError> {
        self.projector = None;
        self.engine.remove()?;
        self.rebuild()
    }

    /// Takes in all records up to the head and those that came meanwhile; `None` when it has to begin anew.
    fn take_in(
        &mut self,
        journal: &Reader,
        head: u64,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<(u64, u64)>, EvidenceError> {
        let place = self.engine.place().to_owned();
        let failed = |trouble: Trouble| trouble.at(&place);
        let projector = self.projector.as_mut().expect("the tables were opened before");
        let (mut records, mut erased) = (0, 0);
        let begun = self.cursor;
        let mut cursor = begun;
        let read = journal.replay(Seq(begun.seq + 1), |stored| {
            let decoded = stored.decode().map_err(|error| Stop::Failed(EvidenceError::Record(error)))?;
            let body = decoded.body.as_ref();
            records += 1;
            erased += u64::from(body.is_none());
            if projector.project(&decoded.header, body).map_err(failed)? == Projected::Outdated {
                return Err(Stop::Outdated);
            }
            cursor = Cursor { seq: decoded.header.seq.0, hash: decoded.hash };
            if projector.rows().size() >= BATCH {
                projector.rows().write(cursor).map_err(failed)?;
                self.cursor = cursor;
                progress(Progress { seq: cursor.seq, head: head.max(cursor.seq) });
            }
            Ok(())
        });
        match read {
            Ok(()) => {}
            Err(Stop::Outdated) => return Ok(None),
            Err(Stop::Failed(error)) => return Err(error),
        }
        if cursor != self.cursor {
            projector.rows().write(cursor).map_err(failed)?;
            self.cursor = cursor;
            progress(Progress { seq: cursor.seq, head: head.max(cursor.seq) });
        }
        if cursor.seq - begun.seq >= SETTLE {
            projector.rows().backend().settle().map_err(failed)?;
        }
        Ok(Some((records, erased)))
    }
}

/// Why taking in ended early.
enum Stop {
    Outdated,
    Failed(EvidenceError),
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Self {
        Self::Failed(EvidenceError::Read(error))
    }
}

impl From<EvidenceError> for Stop {
    fn from(error: EvidenceError) -> Self {
        Self::Failed(error)
    }
}

//! Asking the evidence: as of a record, read-only, within limits.

mod beside;
mod way;

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use evenkeel_evidence_sql::{Dialect, Fault, Param, Render, Rendered, Select, Sort};
use evenkeel_time::Timestamp;

use crate::answer::{Answer, Cell, Limits};
use crate::backend::Cursor;
use crate::error::EvidenceError;
use crate::sqlite::SqliteAsker;
pub(crate) use beside::Beside;
pub(crate) use way::Way;

/// How often it is looked whether another process came far enough.
const LOOK: Duration = Duration::from_millis(20);

/// The parameters that a query of people may ask with.
pub(crate) const PARAMS: [Param; 1] = [Param { name: "seq", sort: Sort::Whole }];

/// Asks the evidence. What is asked sees one state of the store, from [`Reading::at`] on.
#[derive(Debug)]
pub struct Reading {
    first: Way,
    /// Opened when several things are asked at once.
    beside: Vec<Way>,
}

/// The evidence as of one state of the store, until it is dropped.
#[derive(Debug)]
pub struct AsOf<'a> {
    pub(crate) way: &'a mut Way,
    /// Where further ways are kept.
    beside: &'a mut Vec<Way>,
    pub(crate) seq: u64,
    /// The last record in it.
    pub(crate) last: Cursor,
}

/// Why a query of a person has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryFault {
    /// It cannot be asked: what is wrong with the text.
    #[error("the query cannot be asked")]
    Text(Vec<Fault>),
    /// It was asked in vain.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
}

/// An engine that is asked.
pub(crate) trait Asker: Debug + Send {
    fn dialect(&self) -> Dialect;

    /// The file or the database, for people.
    fn place(&self) -> &str;

    /// The shape of the tables that is known here.
    fn version(&self) -> String;

    /// Another one for the same store.
    fn another(&self) -> Result<Box<dyn Asker>, EvidenceError>;

    /// Begins to see one state of the store; says up to where the journal is in it, and the shape of its tables.
    fn begin(&mut self) -> Result<Option<(String, Cursor)>, EvidenceError>;

    /// Ends that.
    fn end(&mut self);

    /// Asks a query, and shows each row.
    fn ask(
        &mut self,
        asked: &Rendered,
        bound: &Bound<'_>,
        limits: Limits,
        row: &mut dyn FnMut(Vec<Cell>),
    ) -> Result<(), EvidenceError>;
}

/// What is bound to the places of a query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound<'a> {
    pub(crate) seq: i64,
    pub(crate) params: &'a [(&'a str, i64)],
    pub(crate) subjects: &'a [Arc<str>],
    /// Where each of them begins, where they begin each at their own.
    pub(crate) begins: &'a [Timestamp],
}

impl Bound<'_> {
    pub(crate) fn param(&self, name: &str) -> Option<i64> {
        self.params.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

impl Reading {
    /// Opens the store on SQLite of a data folder.
    ///
    /// # Errors
    /// When there is none, or it cannot be opened.
    pub fn open(folder: &Path) -> Result<Self, EvidenceError> {
        Ok(Self::by(Box::new(SqliteAsker::open(folder)?)))
    }

    /// Opens the store on PostgreSQL.
    ///
    /// # Errors
    /// When it cannot be reached.
    #[cfg(feature = "postgres")]
    pub fn postgres(config: &str) -> Result<Self, EvidenceError> {
        Ok(Self::by(Box::new(crate::postgres::PostgresAsker::open(config)?)))
    }

    fn by(asker: Box<dyn Asker>) -> Self {
        Self { first: Way::new(asker), beside: Vec::new() }
    }

    /// The last record that is in the evidence.
    ///
    /// # Errors
    /// When the store cannot be read, or its tables are of another shape.
    pub fn head(&mut self) -> Result<u64, EvidenceError> {
        Ok(self.now()?.seq)
    }

    /// The evidence as it is now, as of the last record in it.
    ///
    /// # Errors
    /// When the store cannot be read, or its tables are of another shape.
    pub fn now(&mut self) -> Result<AsOf<'_>, EvidenceError> {
        let asker = &mut self.first.asker;
        match begun(&mut **asker)? {
            Some(last) => Ok(AsOf { way: &mut self.first, beside: &mut self.beside, seq: last.seq, last }),
            None => {
                let source =
                    "the tables are not there, or of another version; they are made again by the next projection";
                let place = asker.place().to_owned();
                Err(EvidenceError::Store { doing: "use the tables", place, source: source.into() })
            }
        }
    }

    /// The evidence as of a record. Waits for another process to come so far, at most until `wait` is over.
    ///
    /// # Errors
    /// When the store cannot be read, or does not come so far in time.
    pub fn at(&mut self, seq: u64, wait: Duration) -> Result<AsOf<'_>, EvidenceError> {
        let start = Instant::now();
        loop {
            let head = self.head()?;
            if head >= seq {
                break;
            }
            let waited = start.elapsed();
            if waited >= wait {
                return Err(EvidenceError::Behind { at: head, wanted: seq, waited: wait });
            }
            std::thread::sleep(LOOK.min(wait - waited));
        }
        let mut now = self.now()?;
        now.seq = seq;
        Ok(now)
    }
}

/// Begins to see one state of the store; up to where the journal is in it, where its tables are of this shape.
fn begun(asker: &mut dyn Asker) -> Result<Option<Cursor>, EvidenceError> {
    let begun = asker.begin()?;
    let version = asker.version();
    let fitting = begun.filter(|(found, _)| *found == version).map(|(_, cursor)| cursor);
    if fitting.is_none() {
        asker.end();
    }
    Ok(fitting)
}

impl AsOf<'_> {
    /// The record as of which is asked.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Asks a query of a person: one SELECT of the subset; `$seq` is the record as of which it is asked.
    ///
    /// # Errors
    /// [`QueryFault::Text`] when the text cannot be asked; else when it takes too long or returns too much.
    pub fn query(&mut self, sql: &str, limits: Limits) -> Result<Answer, QueryFault> {
        let select = Select::parse(sql, &PARAMS).map_err(QueryFault::Text)?;
        let columns = select.columns().map(|(name, _)| name.to_owned()).collect();
        let wanted = Render { rows: Some(limits.rows.saturating_add(1)), ..self.render() };
        let asked = select.sql(self.dialect(), wanted);
        let most = usize::try_from(limits.rows).unwrap_or(usize::MAX);
        let (mut rows, mut cut) = (Vec::new(), false);
        self.ask(&asked, &[], &[], limits, &mut |row| {
            if rows.len() < most { rows.push(row) } else { cut = true }
        })?;
        Ok(Answer { columns, rows, cut, seq: self.seq })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.way.asker.dialect()
    }

    /// How queries are rendered as of this record.
    pub(crate) const fn render(&self) -> Render {
        Render { observed_only: false, subjects: false, rows: None, latest: self.seq == self.last.seq }
    }

    /// Asks what is rendered already.
    pub(crate) fn ask(
        &mut self,
        asked: &Rendered,
        params: &[(&str, i64)],
        subjects: &[Arc<str>],
        limits: Limits,
        row: &mut dyn FnMut(Vec<Cell>),
    ) -> Result<(), EvidenceError> {
        let seq = i64::try_from(self.seq).unwrap_or(i64::MAX);
        self.way.asker.ask(asked, &Bound { seq, params, subjects, begins: &[] }, limits, row)
    }

    /// Asks a query that is written in this crate.
    pub(crate) fn own(
        &mut self,
        sql: &str,
        params: &[(&str, i64)],
        row: &mut dyn FnMut(Vec<Cell>),
    ) -> Result<(), EvidenceError> {
        let names = [Param { name: "to", sort: Sort::Whole }, Param { name: "since", sort: Sort::Whole }];
        let known: Vec<Param> = PARAMS.into_iter().chain(names).collect();
        let select = Select::parse(sql, &known).expect("the crate's own queries are of the subset");
        let asked = select.sql(self.dialect(), self.render());
        self.ask(&asked, params, &[], Limits::BLOCK, row)
    }
}

impl Drop for AsOf<'_> {
    fn drop(&mut self) {
        self.way.asker.end();
    }
}

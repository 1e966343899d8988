//! Reading the journal: the head, pages in order, single records.
//!
//! A [`Reader`] never writes and takes no lock, so it works beside the server and on a copy.

use std::path::{Path, PathBuf};

use evenkeel_ids::Seq;
use evenkeel_record::chain::{Head, Sealed};
use evenkeel_record::{Hash, Header};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::layout::{self, Found, LAYOUT};
use crate::row::{self, RowFault, Stored};
use crate::sqlite::Trouble;
use crate::{OpenError, Page, SqliteError};

/// A page is closed when it has this many bytes, or [`ROWS_PER_PAGE`] rows.
const PAGE_BYTES: usize = 1 << 20;
const ROWS_PER_PAGE: i64 = 4096;

/// Reads a journal.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) file: PathBuf,
}

/// Why the journal could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// SQLite could not read the file.
    #[error("cannot {doing} in `{file}`")]
    Sqlite {
        /// What was being done.
        doing: &'static str,
        /// Which file.
        file: PathBuf,
        /// Why.
        source: SqliteError,
    },
    /// A row's bytes are not what they should be.
    #[error("`{file}` is damaged in the row of record {row}: {fault}")]
    Damaged {
        /// Which file.
        file: PathBuf,
        /// The row's first record.
        row: Seq,
        /// How.
        fault: RowFault,
    },
    /// A record is missing, doubled or of another chain: a state must not be folded over that.
    #[error("`{file}` is damaged: what stands in the place of record {expected} does not follow on the one before")]
    Unlinked {
        /// Which file.
        file: PathBuf,
        /// What should have come.
        expected: Seq,
    },
}

impl Reader {
    /// Opens a journal file to read it: that of a running server, or a backup.
    ///
    /// # Errors
    /// [`OpenError`] when it is missing, damaged, not a journal, or of a newer layout.
    pub fn open(file: &Path) -> Result<Self, OpenError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let failed = |error: rusqlite::Error| OpenError::sqlite(file, error);
        let connection = Connection::open_with_flags(file, flags).map_err(failed)?;
        match layout::found(&connection).map_err(failed)? {
            Found::Layout(LAYOUT) => {}
            Found::Layout(found) => return Err(OpenError::NewerLayout { file: file.to_owned(), found, known: LAYOUT }),
            Found::Empty | Found::Foreign => return Err(OpenError::NotAJournal { file: file.to_owned() }),
        }
        Ok(Self { connection, file: file.to_owned() })
    }

    /// The last record's number and hash.
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read, or its last row is damaged.
    pub fn head(&self) -> Result<Head, ReadError> {
        let last = "SELECT first_seq, headers FROM journal ORDER BY first_seq DESC LIMIT 1";
        let found = self.headers_of_row(last, [])?;
        let Some((row, headers)) = found else {
            return Ok(Head::default());
        };
        let damaged = |fault| self.damaged(row, fault);
        let mut rest = headers.as_slice();
        let mut head = None;
        while !rest.is_empty() {
            let (header, hash) = row::take_header(&mut rest).map_err(damaged)?;
            head = Header::link(header).map(|(seq, _)| (seq, hash, Hash::of(&[header]) == hash));
        }
        match head {
            Some((seq, hash, true)) => Ok(Head { seq, hash }),
            _ => Err(damaged(RowFault::HeaderCut)),
        }
    }

    /// The hash of one record, without reading bodies; `None` when there is no such record.
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read, or the row is damaged.
    pub fn hash_at(&self, seq: Seq) -> Result<Option<Hash>, ReadError> {
        let containing = "SELECT first_seq, headers FROM journal WHERE first_seq <= $1 ORDER BY first_seq DESC LIMIT 1";
        let Some((row, headers)) = self.headers_of_row(containing, [to_sql(seq)])? else {
            return Ok(None);
        };
        let mut rest = headers.as_slice();
        while !rest.is_empty() {
            let (header, hash) = row::take_header(&mut rest).map_err(|fault| self.damaged(row, fault))?;
            if Header::link(header).is_some_and(|(found, _)| found == seq) {
                return Ok(Some(hash));
            }
        }
        Ok(None)
    }

    /// One record as it is stored; `None` when there is no such record.
    ///
    /// # Errors
    /// [`ReadError`] when the file cannot be read, or the row is damaged.
    pub fn record(&self, seq: Seq) -> Result<Option<Sealed>, ReadError> {
        let Some(page) = self.pages_unchecked(seq).next().transpose()? else {
            return Ok(None);
        };
        for record in page.records() {
            let record = record.map_err(|(row, fault)| self.damaged(row, fault))?;
            match record.seq() {
                Some(found) if found == seq => return Ok(Some(record.to_sealed())),
                Some(found) if found > seq => break,
                _ => {}
            }
        }
        Ok(None)
    }

    /// The rows from the one that holds `from` on, in order and in big steps. The first page may begin with
    /// records before `from` that are in the same row.
    ///
    /// Each record is seen to name the one before it by number and hash; recomputing the hashes is for
    /// verifying. What does not follow ends the pages with [`ReadError::Unlinked`].
    pub fn pages(&self, from: Seq) -> Pages<'_> {
        let before = (from <= Seq(1)).then(Head::default);
        Pages { reader: self, next: Next::Containing(from), link: Link::Checked(before) }
    }

    /// The same, whatever the records say: for showing and verifying a journal that may be altered.
    pub(crate) fn pages_unchecked(&self, from: Seq) -> Pages<'_> {
        Pages { reader: self, next: Next::Containing(from), link: Link::Unchecked }
    }

    /// Shows every record from `from` on, in order, until `visit` gives an error.
    ///
    /// # Errors
    /// What `visit` gave, or [`ReadError`] turned into it.
    pub fn replay<E: From<ReadError>>(
        &self,
        from: Seq,
        mut visit: impl FnMut(Stored<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        for page in self.pages(from) {
            let page = page?;
            for record in page.records() {
                let record = record.map_err(|(row, fault)| self.damaged(row, fault))?;
                if record.seq().is_some_and(|seq| seq >= from) {
                    visit(record)?;
                }
            }
        }
        Ok(())
    }

    fn headers_of_row<P: rusqlite::Params>(&self, sql: &str, with: P) -> Result<Option<(Seq, Vec<u8>)>, ReadError> {
        let found = self.connection.prepare_cached(sql).and_then(|mut statement| {
            statement.query_row(with, |row| Ok((from_sql(row.get(0)?), row.get(1)?))).optional()
        });
        found.map_err(|error| self.failed("read a row", error))
    }

    pub(crate) fn failed(&self, doing: &'static str, error: rusqlite::Error) -> ReadError {
        ReadError::Sqlite { doing, file: self.file.clone(), source: error.into() }
    }

    pub(crate) fn damaged(&self, row: Seq, fault: RowFault) -> ReadError {
        ReadError::Damaged { file: self.file.clone(), row, fault }
    }
}

impl ReadError {
    /// Whether SQLite found the file itself damaged.
    pub(crate) fn names_damage(&self) -> bool {
        match self {
            Self::Sqlite { source, .. } => source.trouble() == Trouble::Damaged,
            Self::Damaged { .. } | Self::Unlinked { .. } => true,
        }
    }
}

/// Pages of the journal, in order.
#[derive(Debug)]
pub struct Pages<'a> {
    reader: &'a Reader,
    next: Next,
    link: Link,
}

#[derive(Debug, Clone, Copy)]
enum Link {
    Unchecked,
    /// Behind this head, if it is known.
    Checked(Option<Head>),
}

#[derive(Debug, Clone, Copy)]
enum Next {
    Containing(Seq),
    Behind(Seq),
    Nothing,
}

impl Pages<'_> {
    fn read(&mut self) -> Result<Option<Page>, rusqlite::Error> {
        let connection = &self.reader.connection;
        let behind = match self.next {
            Next::Containing(seq) => {
                let sql = "SELECT coalesce(max(first_seq), 1) - 1 FROM journal \
                           WHERE first_seq BETWEEN 1 AND $1";
                connection.prepare_cached(sql)?.query_row([to_sql(seq)], |row| row.get(0))?
            }
            Next::Behind(row) => to_sql(row),
            Next::Nothing => return Ok(None),
        };
        let sql = "SELECT first_seq, last_seq, headers, bodies FROM journal \
                   WHERE first_seq > $1 ORDER BY first_seq LIMIT $2";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([behind, ROWS_PER_PAGE])?;
        let mut page = Page::default();
        while page.size_bytes() < PAGE_BYTES
            && let Some(row) = rows.next()?
        {
            let (headers, bodies) = (row.get_ref(2)?.as_blob()?, row.get_ref(3)?.as_blob()?);
            page.push(from_sql(row.get(0)?), from_sql(row.get(1)?), headers, bodies);
        }
        Ok(page.last_row().map(|row| {
            self.next = Next::Behind(row);
            page
        }))
    }
}

impl Pages<'_> {
    fn follow(&mut self, page: &Page) -> Result<(), ReadError> {
        let Link::Checked(mut before) = self.link else {
            return Ok(());
        };
        for row in page.rows() {
            let mut headers = row.records.headers();
            while !headers.is_empty() {
                let taken = row::take_header(&mut headers);
                let (header, hash) = taken.map_err(|fault| self.reader.damaged(row.first, fault))?;
                let expected = before.map_or(row.first, |head| head.seq.next());
                let unlinked = || ReadError::Unlinked { file: self.reader.file.clone(), expected };
                let (seq, prev) = Header::link(header).ok_or_else(unlinked)?;
                if before.is_some_and(|head| (head.seq.next(), head.hash) != (seq, prev)) {
                    return Err(unlinked());
                }
                before = Some(Head { seq, hash });
            }
        }
        self.link = Link::Checked(before);
        Ok(())
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<Page, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read().map_err(|error| self.reader.failed("read rows", error));
        let read = read.and_then(|page| {
            page.as_ref().map_or(Ok(()), |page| self.follow(page))?;
            Ok(page)
        });
        if !matches!(read, Ok(Some(_))) {
            self.next = Next::Nothing;
        }
        read.transpose()
    }
}

/// A number as the tables have it. Zero and less stand for "before the first".
pub(crate) fn to_sql(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

pub(crate) fn from_sql(number: i64) -> Seq {
    Seq(u64::try_from(number).unwrap_or(0))
}

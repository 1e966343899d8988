//! Asking SQLite: read-only, with a clock that ends what takes too long.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use evenkeel_evidence_sql::{Bind, Dialect, Rendered};
use evenkeel_record::Hash;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Statement, ffi};

use super::functions::Begins;
use super::{Opened, functions, schema};
use crate::answer::{Cell, Limits};
use crate::backend::Cursor;
use crate::error::{EvidenceError, Trouble};
use crate::reading::{Asker, Bound};

/// How many steps of SQLite's machine between looks at the clock.
const STEPS: i32 = 20_000;

#[derive(Debug)]
pub(crate) struct SqliteAsker {
    connection: Connection,
    /// What the function `evenkeel_begin` of the connection knows.
    begins: Begins,
    file: Opened,
    place: String,
}

impl SqliteAsker {
    pub(crate) fn open(folder: &Path) -> Result<Self, EvidenceError> {
        let path = folder.join(super::FILE);
        let place = format!("`{}`", path.display());
        let begins = Begins::default();
        let connection = Self::connect(&path, &place, &begins)?;
        Ok(Self { connection, begins, file: Opened::of(&path), place })
    }

    fn connect(path: &Path, place: &str, begins: &Begins) -> Result<Connection, EvidenceError> {
        let failed = |error: rusqlite::Error| Trouble::new("open the tables", error).at(place);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        let set = || {
            connection.busy_timeout(std::time::Duration::from_secs(10))?;
            connection.execute_batch(
                "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA case_sensitive_like = ON; \
                 PRAGMA cache_size = -65536;",
            )?;
            connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 16 << 20)?;
            connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
            connection.set_prepared_statement_cache_capacity(1024);
            functions::register(&connection, begins)
        };
        set().map_err(failed)?;
        Ok(connection)
    }

    fn ask_within(&self, asked: &Rendered, bound: &Bound<'_>, limits: Limits, row: &mut Taker<'_>) -> Asked {
        let mut statement = self.connection.prepare_cached(&asked.sql)?;
        bind(&mut statement, &asked.binds, bound)?;
        let mut rows = statement.raw_query();
        let mut bytes = 0;
        while let Some(found) = rows.next()? {
            let width = found.as_ref().column_count();
            let mut cells = Vec::with_capacity(width);
            for at in 0..width {
                let cell = match found.get_ref(at)? {
                    ValueRef::Null | ValueRef::Blob(_) => Cell::Null,
                    ValueRef::Integer(number) => Cell::Whole(number),
                    ValueRef::Real(number) => Cell::Real(number),
                    ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                };
                bytes += cell.size();
                cells.push(cell);
            }
            if bytes > limits.bytes {
                return Ok(false);
            }
            row(cells);
        }
        Ok(true)
    }
}

type Taker<'a> = dyn FnMut(Vec<Cell>) + 'a;

/// Whether it stayed within the bytes.
type Asked = rusqlite::Result<bool>;

fn bind(statement: &mut Statement<'_>, binds: &[Bind], bound: &Bound<'_>) -> rusqlite::Result<()> {
    for (bind, at) in binds.iter().zip(1..) {
        match bind {
            Bind::Seq => statement.raw_bind_parameter(at, bound.seq)?,
            Bind::Param(name) => statement.raw_bind_parameter(at, bound.param(name))?,
            // The function knows them.
            Bind::Begins => {}
            Bind::Subjects => {
                let subjects = serde_json::Value::from_iter(bound.subjects.iter().map(|subject| &**subject));
                statement.raw_bind_parameter(at, subjects.to_string())?;
            }
        }
    }
    Ok(())
}

impl Asker for SqliteAsker {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn place(&self) -> &str {
        &self.place
    }

    fn ask(
        &mut self,
        asked: &Rendered,
        bound: &Bound<'_>,
        limits: Limits,
        row: &mut dyn FnMut(Vec<Cell>),
    ) -> Result<(), EvidenceError> {
        let ended = Arc::new(AtomicBool::new(false));
        let (start, time, flag) = (Instant::now(), limits.time, Arc::clone(&ended));
        let late = move || {
            let late = start.elapsed() > time;
            flag.fetch_or(late, Ordering::Relaxed);
            late
        };
        let failed = |source: rusqlite::Error| EvidenceError::Query { source: Box::new(source) };
        self.begins.set(bound.subjects, bound.begins);
        self.connection.progress_handler(STEPS, Some(late)).map_err(failed)?;
        let read = self.ask_within(asked, bound, limits, row);
        self.connection.progress_handler(0, None::<fn() -> bool>).map_err(failed)?;
        match read {
            Ok(true) => Ok(()),
            Ok(false) => Err(EvidenceError::TooMuch { limit: limits.bytes, what: "bytes" }),
            Err(_) if ended.load(Ordering::Relaxed) => Err(EvidenceError::TooSlow { limit: limits.time }),
            Err(rusqlite::Error::SqliteFailure(failure, _)) if failure.extended_code == ffi::SQLITE_TOOBIG => {
                Err(EvidenceError::TooMuch { limit: 16 << 20, what: "bytes in one value" })
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn another(&self) -> Result<Box<dyn Asker>, EvidenceError> {
        let begins = Begins::default();
        let connection = Self::connect(&self.file.path, &self.place, &begins)?;
        let file = Opened::of(&self.file.path);
        Ok(Box::new(Self { connection, begins, file, place: self.place.clone() }))
    }

    fn version(&self) -> String {
        schema::version(Dialect::Sqlite)
    }

    fn begin(&mut self) -> Result<Option<(String, Cursor)>, EvidenceError> {
        if !self.file.stands() {
            self.connection = Self::connect(&self.file.path, &self.place, &self.begins)?;
            self.file = Opened::of(&self.file.path);
        }
        let failed = |error: rusqlite::Error| Trouble::new("read where the evidence stands", error).at(&self.place);
        self.connection.execute_batch("BEGIN").map_err(failed)?;
        let known = "SELECT count(*) FROM sqlite_schema WHERE name = 'evidence_cursor'";
        let there: i64 = self.connection.query_row(known, [], |row| row.get(0)).map_err(failed)?;
        if there == 0 {
            return Ok(None);
        }
        let cursor = self.connection.query_row("SELECT schema, seq, hash FROM evidence_cursor", [], |row| {
            let (seq, hash) = (row.get::<_, i64>(1)?, row.get::<_, [u8; 32]>(2)?);
            Ok((row.get(0)?, Cursor { seq: u64::try_from(seq).unwrap_or(0), hash: Hash(hash) }))
        });
        cursor.optional().map_err(failed)
    }

    fn end(&mut self) {
        // Nothing was written; where no transaction was begun there is none to end.
        let _ = self.connection.execute_batch("ROLLBACK");
    }
}

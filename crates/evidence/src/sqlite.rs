//! The tables in a file of SQLite.
//!
//! The file can be made again at any time, so a commit does not wait for the disk, and what is damaged is dropped.

mod ask;
mod functions;

use std::fs::{self, OpenOptions};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use evenkeel_evidence_sql::{Dialect, OPEN, Table as Declared};
use evenkeel_record::Hash;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, ToSql, ffi};

pub(crate) use ask::SqliteAsker;

use crate::backend::{Backend, Batch, Cursor, Engine, Version};
use crate::error::{EvidenceError, Trouble};
use crate::schema;
use crate::value::Value;

/// The store's file in the data folder.
const FILE: &str = "evidence.db";
/// The file whose lock whoever projects holds.
const LOCK_FILE: &str = "evidence.lock";

/// `EVKE`: tells the file from another program's.
const APPLICATION_ID: i32 = 0x4556_4b45;

/// A data folder.
#[derive(Debug)]
pub(crate) struct SqliteEngine {
    file: PathBuf,
    lock: PathBuf,
    place: String,
}

#[derive(Debug)]
pub(crate) struct SqliteBackend {
    connection: Connection,
    version: String,
    file: Opened,
}

/// Which file was opened: another one may come to stand under the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opened {
    path: PathBuf,
    inode: Option<(u64, u64)>,
}

impl Opened {
    fn of(path: &Path) -> Self {
        let inode = fs::metadata(path).ok().map(|found| (found.dev(), found.ino()));
        Self { path: path.to_owned(), inode }
    }

    /// Whether the same file stands there.
    fn stands(&self) -> bool {
        self.inode.is_some() && Self::of(&self.path) == *self
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Whole(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl SqliteEngine {
    pub(crate) fn of(folder: &Path) -> Self {
        let file = folder.join(FILE);
        let place = format!("`{}`", file.display());
        Self { file, lock: folder.join(LOCK_FILE), place }
    }
}

impl Engine for SqliteEngine {
    fn place(&self) -> &str {
        &self.place
    }

    fn open(&self) -> Result<(Box<dyn Backend>, bool), EvidenceError> {
        let (backend, damaged) = SqliteBackend::open(&self.file)?;
        Ok((Box::new(backend), damaged))
    }

    fn lock(&self) -> Result<Option<Box<dyn Send>>, EvidenceError> {
        Ok(crate::lock::try_lock(&self.lock)?.map(|lock| -> Box<dyn Send> { Box::new(lock) }))
    }

    fn remove(&self) -> Result<(), EvidenceError> {
        remove(&self.file)
    }
}

impl SqliteBackend {
    /// Opens the file, or makes it. The second is whether what was there could not be read and was dropped.
    fn open(path: &Path) -> Result<(Self, bool), EvidenceError> {
        match Self::try_open(path) {
            Ok(Some(backend)) => Ok((backend, false)),
            Ok(None) => Err(EvidenceError::Foreign { path: path.to_owned() }),
            Err(OpenFault::Damaged) => {
                remove(path)?;
                match Self::try_open(path) {
                    Ok(Some(backend)) => Ok((backend, true)),
                    Ok(None) => Err(EvidenceError::Foreign { path: path.to_owned() }),
                    Err(OpenFault::Damaged) => {
                        let source = std::io::Error::other("what was written there a moment ago cannot be read");
                        Err(EvidenceError::File { doing: "use", path: path.to_owned(), source })
                    }
                    Err(OpenFault::Other(error)) => Err(error),
                }
            }
            Err(OpenFault::Other(error)) => Err(error),
        }
    }

    /// `None` when it is a database of another program.
    fn try_open(path: &Path) -> Result<Option<Self>, OpenFault> {
        private_file(path).map_err(OpenFault::Other)?;
        let sorted = |error: rusqlite::Error| OpenFault::of(error, path);
        let connection = Connection::open(path).map_err(sorted)?;
        connection.busy_timeout(std::time::Duration::from_secs(10)).map_err(sorted)?;
        let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(sorted)?;
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(sorted)?;
        if id != APPLICATION_ID && (id != 0 || tables > 0) {
            return Ok(None);
        }
        let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -131072; \
                       PRAGMA wal_autocheckpoint = 16000; PRAGMA trusted_schema = OFF;";
        connection.execute_batch(pragmas).map_err(sorted)?;
        connection.set_prepared_statement_cache_capacity(512);
        let version = schema::version(Dialect::Sqlite);
        Ok(Some(Self { connection, version, file: Opened::of(path) }))
    }

    fn try_write(&mut self, batch: &Batch<'_>) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        for (table, versions) in &batch.versions {
            let mut insert = transaction.prepare_cached(&insert_into(table))?;
            for version in versions.iter().filter(|version| version.seq_from < version.seq_to) {
                insert.raw_bind_parameter(1, version.row_id)?;
                insert.raw_bind_parameter(2, version.seq_from)?;
                insert.raw_bind_parameter(3, version.seq_to)?;
                for (value, at) in version.values.iter().zip(4..) {
                    insert.raw_bind_parameter(at, value)?;
                }
                insert.raw_execute()?;
            }
        }
        for (table, row, seq) in &batch.ended {
            let end = format!("UPDATE \"{}\" SET seq_to = ?2 WHERE row_id = ?1", table.name);
            transaction.prepare_cached(&end)?.execute((row, seq))?;
        }
        for seq in batch.erased {
            let seq = i64::try_from(*seq).unwrap_or(i64::MAX);
            transaction.prepare_cached("INSERT OR IGNORE INTO evidence_erased (seq) VALUES (?1)")?.execute([seq])?;
        }
        let seq = i64::try_from(batch.cursor.seq).unwrap_or(i64::MAX);
        transaction
            .prepare_cached("UPDATE evidence_cursor SET seq = ?1, hash = ?2")?
            .execute((seq, batch.cursor.hash.0))?;
        transaction.commit()
    }

    fn try_rebuild(&mut self) -> rusqlite::Result<()> {
        self.connection.flush_prepared_statement_cache();
        let transaction = self.connection.transaction()?;
        let names: Vec<String> = {
            let all = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
            let mut statement = transaction.prepare(all)?;
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        for name in names {
            transaction.execute_batch(&format!("DROP TABLE \"{}\"", name.replace('"', "\"\"")))?;
        }
        for statement in schema::statements(Dialect::Sqlite) {
            transaction.execute_batch(&statement)?;
        }
        transaction.execute(
            "INSERT INTO evidence_cursor (schema, seq, hash) VALUES (?1, 0, ?2)",
            (&self.version, Hash::ZERO.0),
        )?;
        transaction.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}"))?;
        transaction.commit()
    }
}

fn insert_into(table: &Declared) -> String {
    let columns: String = table.columns.iter().map(|column| format!(", \"{}\"", column.name)).collect();
    let places: String = (0..table.columns.len()).map(|_| ", ?").collect();
    format!("INSERT INTO \"{}\" (row_id, seq_from, seq_to{columns}) VALUES (?, ?, ?{places})", table.name)
}

impl Backend for SqliteBackend {
    fn cursor(&mut self) -> Result<Option<Cursor>, Trouble> {
        let known = "SELECT count(*) FROM sqlite_schema WHERE name = 'evidence_cursor'";
        let failed = |error: rusqlite::Error| Trouble::new("read where the evidence stands", error);
        let there: i64 = self.connection.query_row(known, [], |row| row.get(0)).map_err(failed)?;
        if there == 0 {
            return Ok(None);
        }
        let row = self
            .connection
            .query_row("SELECT schema, seq, hash FROM evidence_cursor", [], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, [u8; 32]>(2)?))
            })
            .optional()
            .map_err(failed)?;
        Ok(row
            .filter(|(version, ..)| *version == self.version)
            .map(|(_, seq, hash)| Cursor { seq: u64::try_from(seq).unwrap_or(0), hash: Hash(hash) }))
    }

    fn is_current(&self) -> bool {
        self.file.stands()
    }

    fn is_empty(&mut self) -> Result<bool, Trouble> {
        let count = self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
        count.map(|count| count == 0).map_err(|error| Trouble::new("read the tables", error))
    }

    fn rebuild(&mut self) -> Result<(), Trouble> {
        self.try_rebuild().map_err(|error| Trouble::new("make the tables", error))
    }

    fn last_row(&mut self, table: &Declared) -> Result<i64, Trouble> {
        let last = format!("SELECT coalesce(max(row_id), 0) FROM \"{}\"", table.name);
        let found = self.connection.query_row(&last, [], |row| row.get(0));
        found.map_err(|error| Trouble::new("read the tables", error))
    }

    fn current(&mut self, table: &Declared, by: &[(&'static str, Value)]) -> Result<Vec<Version>, Trouble> {
        let columns: String = table.columns.iter().map(|column| format!(", \"{}\"", column.name)).collect();
        let place = |(column, at): (&'static str, usize)| format!(" AND \"{column}\" IS ?{at}");
        let by_columns: String = by.iter().map(|(column, _)| *column).zip(1..).map(place).collect();
        let sql = format!(
            "SELECT row_id, seq_from, seq_to{columns} FROM \"{}\" WHERE seq_to = {OPEN}{by_columns} ORDER BY row_id",
            table.name
        );
        let read = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(by.iter().map(|(_, value)| value)))?;
            let mut versions = Vec::new();
            while let Some(row) = rows.next()? {
                let mut values = Vec::with_capacity(table.columns.len());
                for at in 0..table.columns.len() {
                    values.push(value(row.get_ref(at + 3)?));
                }
                let (row_id, seq_from, seq_to) = (row.get(0)?, row.get(1)?, row.get(2)?);
                versions.push(Version { row_id, seq_from, seq_to, values });
            }
            Ok(versions)
        };
        read().map_err(|error: rusqlite::Error| Trouble::new("read the tables", error))
    }

    fn knows_erased(&mut self, seq: u64) -> Result<bool, Trouble> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        let known = "SELECT count(*) FROM evidence_erased WHERE seq = ?1";
        let count: rusqlite::Result<i64> = self.connection.query_row(known, [seq], |row| row.get(0));
        count.map(|count| count > 0).map_err(|error| Trouble::new("read the tables", error))
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Trouble> {
        self.try_write(batch).map_err(|error| Trouble::new("write the tables", error))
    }

    fn settle(&mut self) -> Result<(), Trouble> {
        let settled = self.connection.execute_batch("PRAGMA analysis_limit = 400; ANALYZE;");
        settled.map_err(|error| Trouble::new("look through the tables", error))
    }
}

fn value(found: ValueRef<'_>) -> Value {
    match found {
        ValueRef::Integer(number) => Value::Whole(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).as_ref().into()),
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Null,
    }
}

/// Why the file cannot be used as it is.
enum OpenFault {
    /// It is no database, or a broken one.
    Damaged,
    Other(EvidenceError),
}

impl OpenFault {
    fn of(error: rusqlite::Error, path: &Path) -> Self {
        if is_damage(&error) {
            return Self::Damaged;
        }
        let place = format!("`{}`", path.display());
        Self::Other(Trouble::new("open the tables", error).at(&place))
    }
}

pub(crate) fn is_damage(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(
        error.downcast_ref(),
        Some(rusqlite::Error::SqliteFailure(failure, _))
            if [ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB].contains(&(failure.extended_code & 0xff))
    )
}

fn private_file(path: &Path) -> Result<(), EvidenceError> {
    let failed = |source| EvidenceError::File { doing: "make", path: PathBuf::from(path), source };
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path);
    file.and_then(|file| file.set_permissions(fs::Permissions::from_mode(0o600))).map_err(failed)
}

/// Removes the file, and what SQLite keeps beside it.
fn remove(path: &Path) -> Result<(), EvidenceError> {
    for beside in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(beside);
        match fs::remove_file(&name) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(EvidenceError::File { doing: "remove", path: PathBuf::from(name), source }),
        }
    }
    Ok(())
}

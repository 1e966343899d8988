//! The ways to lay out a commit that were weighed, side by side; the figures in `docs/design/journal.md`.
//!
//! `cargo run --release -p evenkeel-journal --example journal_layouts [folder]`. Every layout stores the same
//! headers and bodies, durably, commit by commit, and is then read from end to end.

#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock and writes files")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;

type Failure = Box<dyn std::error::Error>;

const HEADER: [u8; 256] = [7; 256];
const BODY: [u8; 344] = [9; 344];

#[derive(Debug, Clone, Copy)]
enum Layout {
    /// One row a commit.
    Row,
    /// The same with BIGINT as the key's type, which gives it an index of its own.
    RowBigint,
    /// A row a record, headers and bodies in one table.
    RowPerRecord,
    /// A row a record in each of two tables.
    TwoTables,
    /// One statement that unpacks JSON into rows.
    JsonEach,
    /// A file of our own: append, then fdatasync.
    LogFile,
}

fn main() -> Result<(), Failure> {
    let chosen = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let place = tempfile::tempdir_in(chosen)?;
    println!("layout         size   commits/s   CPU us/record   read records/s   bytes/record");
    let layouts =
        [Layout::Row, Layout::RowBigint, Layout::RowPerRecord, Layout::TwoTables, Layout::JsonEach, Layout::LogFile];
    for layout in layouts {
        for (size, commits) in [(1, 2000), (64, 1000), (1024, 150)] {
            measure(&place.path().join(format!("{layout:?}-{size}")), layout, size, commits)?;
        }
    }
    Ok(())
}

fn measure(file: &Path, layout: Layout, size: i64, commits: i64) -> Result<(), Failure> {
    let mut store = Store::open(file, layout)?;
    let (begun, cpu_begun) = (Instant::now(), cpu_time()?);
    for n in 0..commits {
        store.commit(n * size + 1, size)?;
    }
    let (took, cpu) = (begun.elapsed(), cpu_time()?.saturating_sub(cpu_begun));
    let records = (size * commits) as f64;
    let begun = Instant::now();
    let bytes_read = store.scan(file)?;
    let read = begun.elapsed();
    assert!(bytes_read >= u64::try_from(size * commits)? * 600, "everything is read");
    drop(store);
    println!(
        "{:13} {size:5} {:11.0} {:15.2} {:16.0} {:14.0}",
        format!("{layout:?}"),
        commits as f64 / took.as_secs_f64(),
        cpu.as_secs_f64() * 1e6 / records,
        records / read.as_secs_f64(),
        std::fs::metadata(file)?.len() as f64 / records,
    );
    Ok(())
}

struct Store {
    layout: Layout,
    connection: Connection,
    log: Option<File>,
}

impl Store {
    fn open(file: &Path, layout: Layout) -> Result<Self, Failure> {
        if matches!(layout, Layout::LogFile) {
            let log = Some(File::create(file)?);
            return Ok(Self { layout, connection: Connection::open_in_memory()?, log });
        }
        let connection = Connection::open(file)?;
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")?;
        connection.execute_batch(match layout {
            Layout::Row => "CREATE TABLE j (k INTEGER PRIMARY KEY, l BIGINT, h BLOB, b BLOB)",
            Layout::RowBigint => "CREATE TABLE j (k BIGINT PRIMARY KEY, l BIGINT, h BLOB, b BLOB)",
            Layout::RowPerRecord | Layout::JsonEach => "CREATE TABLE j (k INTEGER PRIMARY KEY, h BLOB, b BLOB)",
            Layout::TwoTables => {
                "CREATE TABLE j (k INTEGER PRIMARY KEY, h BLOB); CREATE TABLE body (k INTEGER PRIMARY KEY, b BLOB)"
            }
            Layout::LogFile => "",
        })?;
        Ok(Self { layout, connection, log: None })
    }

    fn commit(&mut self, first: i64, size: i64) -> Result<(), Failure> {
        let count = usize::try_from(size)?;
        match self.layout {
            Layout::Row | Layout::RowBigint => {
                let (headers, bodies) = (HEADER.repeat(count), BODY.repeat(count));
                let mut insert = self.connection.prepare_cached("INSERT INTO j VALUES ($1, $2, $3, $4)")?;
                insert.execute((first, first + size - 1, headers, bodies))?;
            }
            Layout::RowPerRecord => {
                let transaction = self.connection.transaction()?;
                for k in first..first + size {
                    let mut insert = transaction.prepare_cached("INSERT INTO j VALUES ($1, $2, $3)")?;
                    insert.execute((k, HEADER, BODY))?;
                }
                transaction.commit()?;
            }
            Layout::TwoTables => {
                let transaction = self.connection.transaction()?;
                for k in first..first + size {
                    transaction.prepare_cached("INSERT INTO j VALUES ($1, $2)")?.execute((k, HEADER))?;
                    transaction.prepare_cached("INSERT INTO body VALUES ($1, $2)")?.execute((k, BODY))?;
                }
                transaction.commit()?;
            }
            Layout::JsonEach => {
                let (header, body) = (hex(&HEADER), hex(&BODY));
                let rows: Vec<String> =
                    (first..first + size).map(|k| format!(r#"[{k},"{header}","{body}"]"#)).collect();
                let sql = "INSERT INTO j SELECT value ->> 0, unhex(value ->> 1), unhex(value ->> 2) \
                           FROM json_each($1)";
                self.connection.prepare_cached(sql)?.execute([format!("[{}]", rows.join(","))])?;
            }
            Layout::LogFile => {
                let log = self.log.as_mut().ok_or("no file")?;
                log.write_all(&[HEADER.repeat(count), BODY.repeat(count)].concat())?;
                log.sync_data()?;
            }
        }
        Ok(())
    }

    fn scan(&self, file: &Path) -> Result<u64, Failure> {
        let sql = match self.layout {
            Layout::LogFile => return Ok(std::fs::read(file)?.len() as u64),
            Layout::TwoTables => "SELECT h, b FROM j JOIN body USING (k) ORDER BY k",
            Layout::Row | Layout::RowBigint | Layout::RowPerRecord | Layout::JsonEach => {
                "SELECT h, b FROM j ORDER BY k"
            }
        };
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            bytes += row.get_ref(0)?.as_blob()?.len() + row.get_ref(1)?.as_blob()?.len();
        }
        Ok(bytes as u64)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// CPU time of this thread so far.
fn cpu_time() -> Result<Duration, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = text.split(' ').next().and_then(|first| first.parse().ok()).ok_or("no figure")?;
    Ok(Duration::from_nanos(nanoseconds))
}

//! A journal and the evidence made of it, in a folder of their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use evenkeel_evidence::{CaughtUp, Evidence, EvidenceError, Reading};
use evenkeel_evidence_sql::tables;
use evenkeel_ids::Seq;
use evenkeel_journal::{Journal, OsSalts, Reader, seal};
use evenkeel_record::Record;

/// A cell as text, and a row with from when to when it counts.
pub(crate) type Dump = BTreeMap<&'static str, Vec<Vec<String>>>;

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) journal: Journal,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = Journal::open(folder.path()).expect("a journal");
        Self { folder, journal }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.path().join("evidence.db")
    }

    pub(crate) fn head(&self) -> u64 {
        self.reader().head().expect("a head").seq.0
    }

    pub(crate) fn append(&mut self, records: &[Record]) {
        if records.is_empty() {
            return;
        }
        let head = self.reader().head().expect("a head");
        assert_eq!(records.first().map(|record| record.seq), Some(head.seq.next()));
        self.journal.commit(&seal(head, records, &mut OsSalts::default())).expect("a commit");
    }

    pub(crate) fn erase(&mut self, seq: u64, record: &Record) {
        let head = self.reader().head().expect("a head");
        let sealed = seal(head, std::slice::from_ref(record), &mut OsSalts::default());
        self.journal.erase(Seq(seq), &sealed[0]).expect("erased");
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::open(&self.path().join("journal.db")).expect("a reader")
    }

    pub(crate) fn evidence(&self) -> Evidence {
        Evidence::sqlite(self.path())
    }

    pub(crate) fn catch_up(&self, evidence: &mut Evidence) -> Result<CaughtUp, EvidenceError> {
        evidence.catch_up(&self.reader(), Duration::ZERO, &mut |_| {})
    }

    /// Brings the evidence to the journal's head.
    pub(crate) fn project(&self) -> CaughtUp {
        self.catch_up(&mut self.evidence()).expect("projected")
    }

    pub(crate) fn reading(&self) -> Reading {
        Reading::open(self.path()).expect("a reading")
    }

    /// All rows of all tables, in an order of their own.
    pub(crate) fn dump(&self) -> Dump {
        let connection = rusqlite::Connection::open(self.file()).expect("the file");
        let mut dump = Dump::new();
        for table in tables() {
            let columns: String = table.columns.iter().map(|column| format!(", \"{}\"", column.name)).collect();
            let sql = format!("SELECT seq_from, seq_to{columns} FROM \"{}\"", table.name);
            let mut statement = connection.prepare(&sql).expect("the table");
            let width = table.columns.len() + 2;
            let cell = |row: &rusqlite::Row<'_>, at: usize| match row.get_ref(at).expect("a cell") {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                rusqlite::types::ValueRef::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
                rusqlite::types::ValueRef::Null => "NULL".to_owned(),
                rusqlite::types::ValueRef::Real(_) | rusqlite::types::ValueRef::Blob(_) => "neither".to_owned(),
            };
            let rows = statement.query_map([], |row| Ok((0..width).map(|at| cell(row, at)).collect::<Vec<_>>()));
            let mut rows: Vec<Vec<String>> = rows.expect("rows").map(|row| row.expect("a row")).collect();
            rows.sort();
            dump.insert(table.name, rows);
        }
        dump
    }
}

/// Where two dumps differ, for people.
#[track_caller]
pub(crate) fn assert_same(one: &Dump, other: &Dump) {
    for (table, rows) in one {
        let others = &other[table];
        let only = |rows: &[Vec<String>], others: &[Vec<String>]| -> Vec<String> {
            rows.iter().filter(|row| !others.contains(row)).map(|row| row.join(" ")).collect()
        };
        let (left, right) = (only(rows, others), only(others, rows));
        assert!(left.is_empty() && right.is_empty(), "{table}: {left:#?} against {right:#?}");
        assert_eq!(rows.len(), others.len(), "{table}");
    }
}

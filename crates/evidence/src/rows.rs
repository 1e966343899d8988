//! The rows that count now, as far as they are needed, and what has changed of them since the last write.
//!
//! A row that changes gets a new version; the one before ends at the record that changed it. Versions that begin and
//! end between two writes are written once, with both numbers. What is kept here is a cache: whatever is not here is
//! looked up in the store, and after a write all of it may be dropped.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use evenkeel_evidence_sql::{Column, OPEN, Table as Declared, tables};
use foldhash::fast::FixedState;

use crate::backend::{Backend, Batch, Cursor, Version};
use crate::error::Trouble;
use crate::key::{Identity, Key};
use crate::value::Value;

/// Rows that are kept between writes; beyond it all are dropped and looked up again.
const KEPT_MAX: usize = 200_000;

/// The place of a table among the declared ones.
pub(crate) type TableIndex = usize;

/// The index of a table.
///
/// # Panics
/// When there is no such table: names are written in this crate only.
pub(crate) fn index_of(name: &str) -> TableIndex {
    tables().binary_search_by(|table| table.name.cmp(name)).expect("the projector names declared tables only")
}

/// The table of an index.
pub(crate) fn declared(index: TableIndex) -> &'static Declared {
    tables().get(index).expect("an index comes from a name")
}

#[derive(Debug)]
pub(crate) struct Rows {
    backend: Box<dyn Backend>,
    /// Shape: one for each table, in their order.
    pending: Vec<Pending>,
    known: HashMap<(TableIndex, Key), Known, FixedState>,
    /// Fields and values of the lists of a row, by its id.
    links: HashMap<Arc<str>, Links, FixedState>,
    ended: Vec<(TableIndex, i64, i64)>,
    erased: Vec<u64>,
    size: usize,
}

/// The lists of a row: fields and values.
pub(crate) type Links = BTreeSet<(Arc<str>, Arc<str>)>;

/// New versions of a table, not written yet.
#[derive(Debug, Default)]
struct Pending {
    versions: Vec<Version>,
    next_row: i64,
}

/// Where the version that counts is.
#[derive(Debug)]
enum Known {
    /// Not written yet: its place among the table's.
    Pending(usize),
    Stored(Version),
    /// There is none.
    Nothing,
}

/// A row to be filled in or changed.
#[derive(Debug)]
pub(crate) struct Row {
    table: &'static Declared,
    values: Vec<Value>,
}

/// A row to be looked at.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    table: &'static Declared,
    values: &'a [Value],
}

impl<'a> Cells<'a> {
    pub(crate) fn get(&self, column: &str) -> &'a Value {
        self.values.get(place(self.table, column)).unwrap_or(&Value::Null)
    }
}

/// The place of a column in a row.
fn place(table: &Declared, column: &str) -> usize {
    let place = table.columns.iter().position(|declared| declared.name == column);
    place.expect("the projector names declared columns only")
}

impl Row {
    fn empty(table: &'static Declared) -> Self {
        Self { table, values: vec![Value::Null; table.columns.len()] }
    }

    pub(crate) fn columns(&self) -> &'static [Column] {
        &self.table.columns
    }

    pub(crate) fn set(&mut self, column: &str, value: impl Into<Value>) {
        let place = place(self.table, column);
        if let Some(cell) = self.values.get_mut(place) {
            *cell = value.into();
        }
    }

    pub(crate) fn get(&self, column: &str) -> &Value {
        self.values.get(place(self.table, column)).unwrap_or(&Value::Null)
    }

    /// Sets what is not known yet.
    pub(crate) fn set_first(&mut self, column: &str, value: impl Into<Value>) {
        if *self.get(column) == Value::Null {
            self.set(column, value);
        }
    }

    pub(crate) fn add(&mut self, column: &str, count: i64) {
        let before = self.get(column).whole().unwrap_or(0);
        self.set(column, before.saturating_add(count));
    }
}

impl Rows {
    pub(crate) fn new(mut backend: Box<dyn Backend>) -> Result<Self, Trouble> {
        let mut pending = Vec::with_capacity(tables().len());
        for table in tables() {
            pending.push(Pending { versions: Vec::new(), next_row: backend.last_row(table)? + 1 });
        }
        Ok(Self {
            backend,
            pending,
            known: HashMap::with_hasher(FixedState::default()),
            links: HashMap::with_hasher(FixedState::default()),
            ended: Vec::new(),
            erased: Vec::new(),
            size: 0,
        })
    }

    pub(crate) fn backend(&mut self) -> &mut dyn Backend {
        &mut *self.backend
    }

    /// How much waits to be written.
    pub(crate) const fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn pass_over(&mut self, seq: u64) {
        self.erased.push(seq);
        self.size += 1;
    }

    /// Whether the body of a record was passed over as erased.
    pub(crate) fn knows_erased(&mut self, seq: u64) -> Result<bool, Trouble> {
        Ok(self.erased.contains(&seq) || self.backend.knows_erased(seq)?)
    }

    /// Puts a row that cannot be there yet.
    pub(crate) fn insert(&mut self, seq: i64, table: &str, key: Key, fill: impl FnOnce(&mut Row)) {
        let index = index_of(table);
        let mut row = Row::empty(declared(index));
        fill(&mut row);
        self.push(index, key, seq, row.values);
    }

    /// Puts a row, or a new version of it where it is there.
    pub(crate) fn put(&mut self, seq: i64, table: &str, key: Key, fill: impl Fn(&mut Row)) -> Result<(), Trouble> {
        if self.change(seq, table, key.clone(), &fill)?.is_none() {
            self.insert(seq, table, key, fill);
        }
        Ok(())
    }

    /// Changes a row that is there; a row that is not, since its record was erased, is left alone.
    pub(crate) fn patch(
        &mut self,
        seq: i64,
        table: &str,
        key: Key,
        change: impl FnOnce(&mut Row),
    ) -> Result<bool, Trouble> {
        Ok(self.change(seq, table, key, change)?.is_some())
    }

    fn change(
        &mut self,
        seq: i64,
        table: &str,
        key: Key,
        change: impl FnOnce(&mut Row),
    ) -> Result<Option<()>, Trouble> {
        let index = index_of(table);
        let Some(version) = self.find(index, &key)? else {
            return Ok(None);
        };
        let mut row = Row { table: declared(index), values: version.values.clone() };
        change(&mut row);
        if row.values == version.values {
            return Ok(Some(()));
        }
        if version.seq_from == seq {
            version.values = row.values;
        } else {
            self.end(index, &key, seq);
            self.push(index, key, seq, row.values);
        }
        Ok(Some(()))
    }

    /// Ends a row.
    pub(crate) fn remove(&mut self, seq: i64, table: &str, key: Key) -> Result<(), Trouble> {
        let index = index_of(table);
        if self.find(index, &key)?.is_some() {
            self.end(index, &key, seq);
            self.known.insert((index, key), Known::Nothing);
        }
        Ok(())
    }

    /// What a row says now.
    pub(crate) fn read<T>(
        &mut self,
        table: &str,
        key: &Key,
        look: impl FnOnce(&Cells<'_>) -> T,
    ) -> Result<Option<T>, Trouble> {
        let index = index_of(table);
        let found = self.find(index, key)?;
        Ok(found.map(|version| look(&Cells { table: declared(index), values: &version.values })))
    }

    /// Whether a row is there.
    pub(crate) fn has(&mut self, table: &str, key: &Key) -> Result<bool, Trouble> {
        Ok(self.find(index_of(table), key)?.is_some())
    }

    /// Every row of a table that counts and has these values.
    pub(crate) fn all(&mut self, table: &str, by: &[(&'static str, Value)]) -> Result<Vec<Row>, Trouble> {
        let index = index_of(table);
        let table = declared(index);
        let versions = self.backend.current(table, by)?;
        let ended = |row: i64| self.ended.iter().any(|(of, ended, _)| (*of, *ended) == (index, row));
        let stored = versions.into_iter().filter(|version| !ended(version.row_id));
        let mut rows: Vec<Row> = stored.map(|version| Row { table, values: version.values }).collect();
        let pending = self.pending.get(index).into_iter().flat_map(|pending| &pending.versions);
        for version in pending.filter(|version| version.seq_to == OPEN) {
            let cells = Cells { table, values: &version.values };
            if by.iter().all(|(column, value)| cells.get(column) == value) {
                rows.push(Row { table, values: version.values.clone() });
            }
        }
        Ok(rows)
    }

    /// The lists of a row as they count now.
    pub(crate) fn links(&mut self, owner: &Arc<str>) -> Result<Links, Trouble> {
        if let Some(known) = self.links.get(owner) {
            return Ok(known.clone());
        }
        // What waits to be written of it is kept, so that the store tells the rest.
        let table = declared(index_of("links"));
        let found = self.backend.current(table, &[("owner_id", Value::from(owner))])?;
        let pair = |version: &Version| {
            let cells = Cells { table, values: &version.values };
            Some((cells.get("field").text()?.clone(), cells.get("value").text()?.clone()))
        };
        Ok(found.iter().filter_map(pair).collect())
    }

    pub(crate) fn keep_links(&mut self, owner: &Arc<str>, links: Links) {
        self.links.insert(Arc::clone(owner), links);
    }

    fn find(&mut self, index: TableIndex, key: &Key) -> Result<Option<&mut Version>, Trouble> {
        // Looked up twice, since a reference into the map may not live past the branch that fills it.
        if !self.known.contains_key(&(index, key.clone())) {
            let table = declared(index);
            let by = Identity::of(table.name).lookup(table.name, key);
            let known = self.backend.current(table, &by)?.pop().map_or(Known::Nothing, Known::Stored);
            self.known.insert((index, key.clone()), known);
        }
        Ok(match self.known.get_mut(&(index, key.clone())) {
            Some(Known::Pending(at)) => {
                let at = *at;
                self.pending.get_mut(index).and_then(|pending| pending.versions.get_mut(at))
            }
            Some(Known::Stored(version)) => Some(version),
            Some(Known::Nothing) | None => None,
        })
    }

    fn end(&mut self, index: TableIndex, key: &Key, seq: i64) {
        self.size += 1;
        match self.known.remove(&(index, key.clone())) {
            Some(Known::Pending(at)) => {
                if let Some(version) = self.pending.get_mut(index).and_then(|pending| pending.versions.get_mut(at)) {
                    version.seq_to = seq;
                }
            }
            Some(Known::Stored(version)) => self.ended.push((index, version.row_id, seq)),
            Some(Known::Nothing) | None => {}
        }
    }

    fn push(&mut self, index: TableIndex, key: Key, seq: i64, values: Vec<Value>) {
        let Some(pending) = self.pending.get_mut(index) else { return };
        let version = Version { row_id: pending.next_row, seq_from: seq, seq_to: OPEN, values };
        pending.next_row += 1;
        self.size += 1;
        self.known.insert((index, key), Known::Pending(pending.versions.len()));
        pending.versions.push(version);
    }

    /// Writes what waits, and where the journal was read up to.
    pub(crate) fn write(&mut self, cursor: Cursor) -> Result<(), Trouble> {
        let versions = tables().iter().zip(&self.pending).filter(|(_, pending)| !pending.versions.is_empty());
        let batch = Batch {
            versions: versions.map(|(table, pending)| (table, pending.versions.as_slice())).collect(),
            ended: self.ended.iter().map(|(index, row, seq)| (declared(*index), *row, *seq)).collect(),
            erased: &self.erased,
            cursor,
        };
        self.backend.write(&batch)?;
        self.ended.clear();
        self.erased.clear();
        self.size = 0;
        self.keep();
        Ok(())
    }

    /// What was written is kept as what is stored, except facts: there are many, and few are told otherwise later.
    fn keep(&mut self) {
        self.links.clear();
        let pending = &mut self.pending;
        if self.known.len() > KEPT_MAX {
            self.known.clear();
        }
        self.known.retain(|(index, _), known| {
            if declared(*index).may_be_reported() {
                return false;
            }
            if let Known::Pending(at) = known
                && let Some(version) = pending.get_mut(*index).and_then(|pending| pending.versions.get_mut(*at))
            {
                let written = Version { values: std::mem::take(&mut version.values), ..*version };
                *known = Known::Stored(written);
            }
            true
        });
        pending.iter_mut().for_each(|pending| pending.versions.clear());
    }
}

//! Which rows changed since a record, and whose they are: what has to be judged again.
//!
//! It has to name everybody whose verdict may have moved, and may name more. Rows that are about a workload, a team or a
//! person concern those, what stands with them, and whoever their lists name; rows about nobody in particular concern
//! all, and so does whatever the ops repo declares.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_evidence_sql::{Bind, Dialect, OPEN, Rendered, Source, Table as Declared, tables};
use evenkeel_lens::{Dirty, Touched};

use crate::answer::{Cell, Limits};
use crate::error::EvidenceError;
use crate::facts::{text, whole};
use crate::reading::AsOf;

/// More changed rows of a table are not looked at one by one.
const ROWS_MAX: usize = 2000;
/// More names are not followed to what stands with them.
const NAMES_MAX: usize = 200;
/// The columns that say whose a row is.
const WHOSE: [&str; 5] = ["workload", "team", "subject", "person", "incident"];

type Names = BTreeSet<Arc<str>>;

enum Changed {
    Nothing,
    /// Shape: the record, then whose it is, then of a link its owner and value.
    Rows(Vec<Vec<Cell>>),
    Many,
}

impl AsOf<'_> {
    /// Which rows changed behind the record `since`, up to the one as of which is asked, and whose they are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn changed_since(&mut self, since: u64) -> Result<Dirty, EvidenceError> {
        let mut dirty = Dirty::default();
        for table in tables() {
            let names = match self.changed_rows(table, since)? {
                Changed::Nothing => continue,
                Changed::Rows(rows) => self.names(table, &rows)?,
                Changed::Many => None,
            };
            dirty.note(table.name, names.map_or(Touched::All, Touched::Only));
        }
        Ok(dirty)
    }

    fn changed_rows(&mut self, table: &Declared, since: u64) -> Result<Changed, EvidenceError> {
        let name = table.name;
        let columns: String = whose(table).iter().map(|column| format!(", \"{column}\"")).collect();
        let made = i64::try_from(since).unwrap_or(i64::MAX);
        // The numbers of rows rise with the records that made them, so the last ones tell.
        let mut found = Vec::new();
        for most in [1, 64, ROWS_MAX + 1] {
            let sql = format!(
                "SELECT seq_from{columns} FROM \"{name}\" WHERE seq_from <= {{seq}} ORDER BY row_id DESC LIMIT {most}"
            );
            found = self.raw(&sql, since, &[])?;
            found.retain(|row| row.first().and_then(whole).is_some_and(|seq| seq > made));
            if found.len() < most {
                break;
            }
        }
        let sql = format!(
            "SELECT seq_to{columns} FROM \"{name}\" WHERE seq_to < {OPEN} AND seq_to > {{since}} AND seq_to <= {{seq}} \
             LIMIT {}",
            ROWS_MAX + 1
        );
        found.extend(self.raw(&sql, since, &[])?);
        Ok(match found.len() {
            0 => Changed::Nothing,
            1..=ROWS_MAX => Changed::Rows(found),
            _ => Changed::Many,
        })
    }

    /// Whose rows are; `None` when one of them is nobody's in particular.
    fn names(&mut self, table: &Declared, rows: &[Vec<Cell>]) -> Result<Option<Names>, EvidenceError> {
        if !of_somebody(table) {
            return Ok(None);
        }
        let columns = whose(table);
        let (mut names, mut people, mut incidents) = (Names::new(), Names::new(), Names::new());
        for row in rows {
            let mut known = false;
            for (column, cell) in columns.iter().zip(row.iter().skip(1)) {
                let Some(text) = text(cell) else { continue };
                let of = match *column {
                    "person" => &mut people,
                    "incident" => &mut incidents,
                    // The facts themselves say whose they are; what documents say concerns all.
                    "owner_id" if text.starts_with("fact:") => continue,
                    "owner_id" => return Ok(None),
                    _ => &mut names,
                };
                of.insert(text.into());
                known = true;
            }
            if !known || names.len() + people.len() + incidents.len() > NAMES_MAX {
                return Ok(None);
            }
        }
        let of_incidents = "SELECT workload, team FROM incidents WHERE id {names}";
        let rows = self.among(of_incidents, incidents)?;
        if rows.iter().any(|row| row.iter().all(|cell| text(cell).is_none())) {
            return Ok(None);
        }
        names.extend(rows.iter().flatten().filter_map(text).map(Arc::from));
        self.with_neighbours(names, people)
    }

    /// Adds the teams of people, the team of a workload, the workloads of a team, and what depends on those.
    fn with_neighbours(&mut self, mut names: Names, people: Names) -> Result<Option<Names>, EvidenceError> {
        const OF_PEOPLE: &str = "SELECT t.name FROM links l JOIN teams t ON t.id = l.owner_id \
            AND t.seq_from <= {seq} AND t.seq_to > {seq} \
            WHERE l.seq_from <= {seq} AND l.seq_to > {seq} AND l.field = 'members' AND l.value {names}";
        const DEPENDENTS: &str = "SELECT w.name, w.team FROM links l JOIN workloads w ON w.id = l.owner_id \
            AND w.seq_from <= {seq} AND w.seq_to > {seq} \
            WHERE l.seq_from <= {seq} AND l.seq_to > {seq} AND l.field = 'depends_on' AND l.value {names}";
        const OWN: &str =
            "SELECT name, team FROM workloads WHERE seq_from <= {seq} AND seq_to > {seq} AND name {names}";
        const OF_TEAMS: &str = "SELECT name FROM workloads WHERE seq_from <= {seq} AND seq_to > {seq} AND team {names}";
        let texts =
            |rows: Vec<Vec<Cell>>| -> Vec<Arc<str>> { rows.iter().flatten().filter_map(text).map(Arc::from).collect() };
        names.extend(texts(self.among(OF_PEOPLE, people)?));
        for sql in [OWN, OF_TEAMS, DEPENDENTS] {
            let found = texts(self.among(sql, names.clone())?);
            names.extend(found);
        }
        Ok((names.len() <= NAMES_MAX).then_some(names))
    }

    fn among(&mut self, sql: &str, names: Names) -> Result<Vec<Vec<Cell>>, EvidenceError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        self.raw(sql, 0, &Vec::from_iter(names))
    }

    /// Asks what is below the subset: with `{seq}`, `{since}` and `{names}` where those belong.
    fn raw(&mut self, text: &str, since: u64, names: &[Arc<str>]) -> Result<Vec<Vec<Cell>>, EvidenceError> {
        let dialect = self.dialect();
        let mut asked = Rendered { sql: text.to_owned(), binds: Vec::new() };
        for (mark, bind) in
            [("{seq}", Bind::Seq), ("{since}", Bind::Param("since".to_owned())), ("{names}", Bind::Subjects)]
        {
            if !asked.sql.contains(mark) {
                continue;
            }
            asked.binds.push(bind);
            let at = asked.binds.len();
            let place = match (dialect, mark) {
                (Dialect::Sqlite, "{names}") => format!("IN (SELECT value FROM json_each(?{at}))"),
                (Dialect::Sqlite, _) => format!("?{at}"),
                (Dialect::Postgres, "{names}") => format!("= ANY(CAST(${at} AS TEXT[]))"),
                (Dialect::Postgres, _) => format!("CAST(${at} AS BIGINT)"),
            };
            asked.sql = asked.sql.replace(mark, &place);
        }
        let since = i64::try_from(since).unwrap_or(i64::MAX);
        let mut rows = Vec::new();
        self.ask(&asked, &[("since", since)], names, Limits::BLOCK, &mut |row| rows.push(row))?;
        Ok(rows)
    }
}

/// The columns that say whose a row is.
fn whose(table: &Declared) -> Vec<&'static str> {
    if table.name == "links" {
        return vec!["owner_id", "value"];
    }
    let own: Vec<&str> = WHOSE.into_iter().filter(|column| table.column(column).is_some()).collect();
    // What says itself whose it is need not be looked for at its incident.
    if own.len() > 1 { own.into_iter().filter(|column| *column != "incident").collect() } else { own }
}

/// Whether rows of a table say whose they are.
fn of_somebody(table: &Declared) -> bool {
    match table.source {
        Source::Fact(_) => true,
        Source::Documents(_) => false,
        Source::Observed => !whose(table).is_empty(),
    }
}

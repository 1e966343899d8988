//! Which rows changed since a record, and whose they are: what has to be judged again.
//!
//! It has to name everybody whose verdict may have moved, and may name more. Rows that are about a workload, a team or a
//! person concern those, what stands with them, and whoever their lists name; rows about nobody in particular concern
//! all, and so does whatever the ops repo declares.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_evidence_sql::{
    Bind, Dialect, OPEN, Rendered, Sort, Source, Table as Declared, Value, list_name, list_names, tables,
};
use evenkeel_lens::{ChangedRow, Dirty, ORGANIZATION, Touched};

use crate::answer::{Cell, Limits};
use crate::error::EvidenceError;
use crate::facts::{text, whole};
use crate::reading::AsOf;

/// More changed rows of a table are not looked at one by one.
const ROWS_MAX: usize = 2000;
/// Of more rows it is not said what is in them.
const VALUES_MAX: usize = 64;
/// More names are not followed to what stands with them.
const NAMES_MAX: usize = 200;
/// More texts are not looked up.
const NAMED_MAX: usize = 2000;
/// The columns that say whose a row is.
const WHOSE: [&str; 6] = ["workload", "team", "subject", "person", "incident", "owner"];
/// Columns whose text names nothing else that is in the tables.
const NAMELESS: [&str; 4] = ["id", "key", "source", "origin"];

/// Where the lists of all rows lie.
const LINKS: &str = "links";
/// Whose they are is whose their incidents are.
const PROBLEMS: &str = "problems";

type Names = BTreeSet<Arc<str>>;

enum Changed {
    Nothing,
    /// Shape: the record, then what is in the columns of [`columns`].
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
        let mut of_lists = None;
        for table in tables() {
            let names = match self.changed_rows(table, since)? {
                Changed::Nothing => continue,
                Changed::Rows(rows) if table.name == LINKS => {
                    of_lists = Some((table, rows));
                    continue;
                }
                Changed::Rows(rows) => {
                    if rows.len() <= VALUES_MAX {
                        let values = rows.iter().map(|row| values(table, row)).collect();
                        dirty.rows.insert(table.name.into(), values);
                    }
                    self.names(table, &rows)?
                }
                Changed::Many if table.name == LINKS => {
                    list_names().iter().for_each(|list| dirty.note(list, Touched::All));
                    None
                }
                Changed::Many => None,
            };
            dirty.note(table.name, names.map_or(Touched::All, Touched::Only));
        }
        // Whose lists they are is known by now.
        if let Some((table, rows)) = of_lists {
            self.lists(table, rows, &mut dirty)?;
        }
        Ok(dirty)
    }

    /// Notes rows of `links` by that name and by the lists that they are of.
    fn lists(
        &mut self,
        table: &'static Declared,
        rows: Vec<Vec<Cell>>,
        dirty: &mut Dirty,
    ) -> Result<(), EvidenceError> {
        let columns = columns(table);
        let mut by_list: BTreeMap<String, Vec<Vec<Cell>>> = BTreeMap::new();
        let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in rows {
            let of = |name: &str| {
                let place = columns.iter().position(|column| *column == name)?;
                row.get(place + 1).and_then(text)
            };
            let owner = of("owner_id").unwrap_or_default();
            let list = list_name(is_fact(owner), of("field").unwrap_or_default());
            owners.entry(list.clone()).or_default().insert(owner.to_owned());
            by_list.entry(list).or_default().push(row);
        }
        let known = facts(dirty);
        for (list, owners) in owners {
            let rows: Option<Vec<&Vec<ChangedRow>>> = owners.iter().map(|owner| known.get(owner)).collect();
            if let Some(rows) = rows {
                dirty.rows.insert(list.as_str().into(), rows.into_iter().flatten().cloned().collect());
            }
        }
        for (list, rows) in by_list {
            let touched = self.names(table, &rows)?.map_or(Touched::All, Touched::Only);
            dirty.note(&list, touched.clone());
            dirty.note(LINKS, touched);
        }
        Ok(())
    }

    fn changed_rows(&mut self, table: &'static Declared, since: u64) -> Result<Changed, EvidenceError> {
        let name = table.name;
        let columns: String = columns(table).iter().map(|column| format!(", \"{column}\"")).collect();
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
        if matches!(table.source, Source::Documents(_)) || !is_told(table) {
            return Ok(None);
        }
        let columns = told(table);
        let mut noted = Noted::default();
        for row in rows {
            if !noted.note(table, &columns, row) || noted.named.len() > NAMED_MAX {
                return Ok(None);
            }
        }
        let Noted { mut names, named, mut incidents, alerts, problems } = noted;
        let of_alerts = "SELECT incident FROM incident_alerts WHERE alert {names}";
        let of_problems = "SELECT incident FROM problem_incidents WHERE problem {names}";
        incidents.extend(self.texts(of_alerts, alerts)?);
        incidents.extend(self.texts(of_problems, problems)?);
        names.extend(self.of_incidents(incidents)?);
        names.extend(self.of_documents(named)?);
        self.with_neighbours(names)
    }

    /// Whose incidents are, and whose the alerts in them are.
    fn of_incidents(&mut self, incidents: Names) -> Result<Vec<Arc<str>>, EvidenceError> {
        const OWN: &str = "SELECT workload, team FROM incidents WHERE id {names}";
        const ALERTS: &str = "SELECT a.workload, a.team FROM incident_alerts ia JOIN alerts a ON a.id = ia.alert \
            WHERE ia.incident {names}";
        let mut found = self.texts(OWN, incidents.clone())?;
        found.extend(self.texts(ALERTS, incidents)?);
        Ok(found)
    }

    /// The teams of people, whom documents are about, and workloads and teams themselves, by their names.
    fn of_documents(&mut self, named: Names) -> Result<Vec<Arc<str>>, EvidenceError> {
        const OF_PEOPLE: &str = "SELECT t.name FROM links l JOIN teams t ON t.id = l.owner_id \
            AND t.seq_from <= {seq} AND t.seq_to > {seq} \
            WHERE l.seq_from <= {seq} AND l.seq_to > {seq} AND l.field = 'members' AND l.value {names}";
        const OWN: &str = "SELECT team FROM catalogue WHERE seq_from <= {seq} AND seq_to > {seq} AND name {names}";
        const LISTED: &str = "SELECT l.value FROM catalogue c JOIN links l ON l.owner_id = c.id \
            AND l.seq_from <= {seq} AND l.seq_to > {seq} \
            WHERE c.seq_from <= {seq} AND c.seq_to > {seq} AND c.name {names}";
        const TEAMS: &str = "SELECT name FROM teams WHERE seq_from <= {seq} AND seq_to > {seq} AND name {names}";
        const WORKLOADS: &str =
            "SELECT name FROM workloads WHERE seq_from <= {seq} AND seq_to > {seq} AND name {names}";
        let mut found = Vec::new();
        for sql in [OF_PEOPLE, OWN, LISTED, TEAMS, WORKLOADS] {
            found.extend(self.texts(sql, named.clone())?);
        }
        let about =
            |table: &&Declared| matches!(table.source, Source::Documents(_)) && table.column("workload").is_some();
        for table in tables().iter().filter(about) {
            let sql = format!(
                "SELECT workload FROM \"{}\" WHERE seq_from <= {{seq}} AND seq_to > {{seq}} AND name {{names}}",
                table.name
            );
            found.extend(self.texts(&sql, named.clone())?);
        }
        Ok(found)
    }

    /// Adds the team of a workload, the workloads of a team, and what depends on those.
    fn with_neighbours(&mut self, mut names: Names) -> Result<Option<Names>, EvidenceError> {
        const DEPENDENTS: &str = "SELECT w.name, w.team FROM links l JOIN workloads w ON w.id = l.owner_id \
            AND w.seq_from <= {seq} AND w.seq_to > {seq} \
            WHERE l.seq_from <= {seq} AND l.seq_to > {seq} AND l.field = 'depends_on' AND l.value {names}";
        const OWN: &str =
            "SELECT name, team FROM workloads WHERE seq_from <= {seq} AND seq_to > {seq} AND name {names}";
        const OF_TEAMS: &str = "SELECT name FROM workloads WHERE seq_from <= {seq} AND seq_to > {seq} AND team {names}";
        for sql in [OWN, OF_TEAMS, DEPENDENTS] {
            let found = self.texts(sql, names.clone())?;
            names.extend(found);
            if names.len() > NAMES_MAX {
                return Ok(None);
            }
        }
        Ok(Some(names))
    }

    /// All texts of what is found among names.
    fn texts(&mut self, sql: &str, names: Names) -> Result<Vec<Arc<str>>, EvidenceError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.raw(sql, 0, &Vec::from_iter(names))?;
        Ok(rows.iter().flatten().filter_map(text).map(Arc::from).collect())
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

/// What a row holds, of the columns of [`columns`].
fn values(table: &'static Declared, row: &[Cell]) -> ChangedRow {
    let value = |(column, cell): (&'static str, &Cell)| match cell {
        Cell::Null => Some((column, Value::Null)),
        Cell::Whole(number) => Some((column, Value::Whole(*number))),
        Cell::Text(text) => Some((column, Value::Text(text.clone()))),
        Cell::Real(_) => None,
    };
    let values = columns(table).into_iter().zip(row.iter().skip(1)).filter_map(value).collect();
    ChangedRow { table: table.name, values }
}

/// The changed facts by their ids.
fn facts(dirty: &Dirty) -> BTreeMap<String, Vec<ChangedRow>> {
    let mut known: BTreeMap<String, Vec<ChangedRow>> = BTreeMap::new();
    for row in dirty.rows.values().flatten() {
        if let Some(Value::Text(id)) = row.values.get("id").filter(|id| matches!(id, Value::Text(id) if is_fact(id))) {
            known.entry(id.clone()).or_default().push(row.clone());
        }
    }
    known
}

/// All columns: those of [`told`] first.
fn columns(table: &'static Declared) -> Vec<&'static str> {
    let mut columns = told(table);
    let others: Vec<&str> =
        table.columns.iter().map(|column| column.name).filter(|name| !columns.contains(name)).collect();
    columns.extend(others);
    columns
}

/// What changed rows name.
#[derive(Debug, Default)]
struct Noted {
    /// Workloads and teams.
    names: Names,
    /// People and documents, among other texts.
    named: Names,
    /// Ids.
    incidents: Names,
    /// Ids.
    alerts: Names,
    /// Ids.
    problems: Names,
}

impl Noted {
    /// Notes a row; whether it says whose it is.
    fn note(&mut self, table: &Declared, columns: &[&'static str], row: &[Cell]) -> bool {
        let mut known = false;
        for (column, cell) in columns.iter().zip(row.iter().skip(1)) {
            let Some(text) = text(cell).filter(|text| *text != ORGANIZATION) else { continue };
            known |= WHOSE.contains(column) || table.name == PROBLEMS;
            let into = match (*column, table.name) {
                // The facts themselves say whose they are; what documents say concerns all.
                ("owner_id", _) if is_fact(text) => {
                    known = true;
                    continue;
                }
                ("owner_id", _) => return false,
                ("owner", _) => {
                    let name = text.split_once(':').map_or(text, |(_, name)| name);
                    self.named.insert(name.into());
                    continue;
                }
                ("workload" | "team" | "subject", _) | ("value", "links") => &mut self.names,
                ("incident" | "merged_into", _) | ("id", "incidents") => &mut self.incidents,
                ("id" | "alert", "alerts" | "incident_alerts") => &mut self.alerts,
                ("id", PROBLEMS) => &mut self.problems,
                _ => &mut self.named,
            };
            into.insert(text.into());
        }
        known
    }
}

/// Whether an id is a fact's.
fn is_fact(id: &str) -> bool {
    id.starts_with("fact:")
}

/// The columns that may say whose a row is, or name something that does.
fn told(table: &Declared) -> Vec<&'static str> {
    let own_id = ["alerts", "incidents", PROBLEMS].contains(&table.name);
    let columns = table.columns.iter().filter(|column| column.sort == Sort::Text && column.words.is_empty());
    columns.map(|column| column.name).filter(|name| !NAMELESS.contains(name) || own_id && *name == "id").collect()
}

/// Whether rows of a table can say whose they are.
fn is_told(table: &Declared) -> bool {
    [LINKS, PROBLEMS].contains(&table.name) || table.columns.iter().any(|column| WHOSE.contains(&column.name))
}

//! Asking PostgreSQL: read-only, with a time after which it gives up.

use ::postgres::error::SqlState;
use ::postgres::fallible_iterator::FallibleIterator;
use ::postgres::types::{ToSql, Type};
use ::postgres::{Client, Row};
use evenkeel_evidence_sql::{Bind, Dialect, Rendered};

use super::{PLACE, connect, cursor};
use crate::answer::{Cell, Limits};
use crate::backend::Cursor;
use crate::error::{EvidenceError, Trouble};
use crate::reading::{Asker, Bound};
use crate::schema;

pub(crate) struct PostgresAsker {
    client: Client,
    config: String,
    /// The time limit that the connection has now.
    limit_ms: u128,
}

impl std::fmt::Debug for PostgresAsker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostgresAsker")
    }
}

impl PostgresAsker {
    pub(crate) fn open(config: &str) -> Result<Self, EvidenceError> {
        let mut client = connect(config)?;
        let failed = |error: ::postgres::Error| Trouble::new("open the tables", error).at(PLACE);
        client.batch_execute("SET default_transaction_read_only = on").map_err(failed)?;
        Ok(Self { client, config: config.to_owned(), limit_ms: 0 })
    }

    fn ask_within(
        &mut self,
        asked: &Rendered,
        bound: &Bound<'_>,
        limits: Limits,
        row: &mut dyn FnMut(Vec<Cell>),
    ) -> Result<bool, ::postgres::Error> {
        let wanted = limits.time.as_millis().max(1);
        if self.limit_ms != wanted {
            self.client.batch_execute(&format!("SET statement_timeout = {wanted}"))?;
            self.limit_ms = wanted;
        }
        let subjects: Vec<&str> = bound.subjects.iter().map(|subject| &**subject).collect();
        let begins = begins(bound);
        let params: Vec<Option<i64>> = asked
            .binds
            .iter()
            .map(|bind| match bind {
                Bind::Seq => Some(bound.seq),
                Bind::Param(name) => bound.param(name),
                Bind::Subjects | Bind::Begins => None,
            })
            .collect();
        let bound: Vec<&(dyn ToSql + Sync)> = asked
            .binds
            .iter()
            .zip(&params)
            .map(|(bind, param)| match bind {
                Bind::Subjects => &subjects as &(dyn ToSql + Sync),
                Bind::Begins => &begins as &(dyn ToSql + Sync),
                Bind::Seq | Bind::Param(_) => param as &(dyn ToSql + Sync),
            })
            .collect();
        let mut found = self.client.query_raw(&asked.sql, bound)?;
        let mut bytes = 0;
        while let Some(next) = found.next()? {
            let cells: Vec<Cell> = (0..next.len()).map(|at| cell(&next, at)).collect();
            bytes += cells.iter().map(Cell::size).sum::<usize>();
            if bytes > limits.bytes {
                return Ok(false);
            }
            row(cells);
        }
        Ok(true)
    }
}

/// A JSON object: the begin of each subject.
fn begins(bound: &Bound<'_>) -> String {
    let each = bound.subjects.iter().zip(bound.begins);
    let each = each.map(|(subject, begin)| (subject.to_string(), serde_json::Value::from(begin.0)));
    serde_json::Value::Object(each.collect()).to_string()
}

fn cell(row: &Row, at: usize) -> Cell {
    let kind = row.columns().get(at).map(|column| column.type_().clone());
    match kind {
        Some(Type::INT8) => row.get::<_, Option<i64>>(at).map_or(Cell::Null, Cell::Whole),
        Some(Type::FLOAT8) => row.get::<_, Option<f64>>(at).map_or(Cell::Null, Cell::Real),
        _ => row.try_get::<_, Option<String>>(at).ok().flatten().map_or(Cell::Null, Cell::Text),
    }
}

impl Asker for PostgresAsker {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn place(&self) -> &str {
        PLACE
    }

    fn another(&self) -> Result<Box<dyn Asker>, EvidenceError> {
        Ok(Box::new(Self::open(&self.config)?))
    }

    fn version(&self) -> String {
        schema::version(Dialect::Postgres)
    }

    fn begin(&mut self) -> Result<Option<(String, Cursor)>, EvidenceError> {
        let failed = |error: ::postgres::Error| Trouble::new("read where the evidence stands", error).at(PLACE);
        self.client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").map_err(failed)?;
        let known = "SELECT to_regclass('evidence_cursor') IS NOT NULL";
        if !self.client.query_one(known, &[]).map_err(failed)?.get::<_, bool>(0) {
            return Ok(None);
        }
        cursor(&mut self.client).map_err(failed)
    }

    fn end(&mut self) {
        // Nothing was written; on a connection that is gone there is nothing to end.
        let _ = self.client.batch_execute("ROLLBACK");
    }

    fn ask(
        &mut self,
        asked: &Rendered,
        bound: &Bound<'_>,
        limits: Limits,
        row: &mut dyn FnMut(Vec<Cell>),
    ) -> Result<(), EvidenceError> {
        match self.ask_within(asked, bound, limits, row) {
            Ok(true) => Ok(()),
            Ok(false) => Err(EvidenceError::TooMuch { limit: limits.bytes, what: "bytes" }),
            Err(error) if error.code() == Some(&SqlState::QUERY_CANCELED) => {
                Err(EvidenceError::TooSlow { limit: limits.time })
            }
            Err(error) => Err(EvidenceError::Query { source: Box::new(error) }),
        }
    }
}

//! The tables in a schema of their own on PostgreSQL.

mod ask;
mod rows;

use ::postgres::{Client, NoTls};
use evenkeel_evidence_sql::{Dialect, OPEN, Table as Declared, tables};
use evenkeel_record::Hash;

pub(crate) use ask::PostgresAsker;

use crate::backend::{Backend, Batch, Cursor, Engine, Version};
use crate::error::{EvidenceError, Trouble};
use crate::schema;
use crate::value::Value;

/// The schema that the tables are in.
const SCHEMA: &str = "evenkeel_evidence";
/// Names the lock of whoever projects, among the database's.
const LOCK: i64 = 0x4556_4b45;

/// A database.
#[derive(Debug)]
pub(crate) struct PostgresEngine {
    config: String,
}

impl PostgresEngine {
    pub(crate) fn of(config: &str) -> Self {
        Self { config: config.to_owned() }
    }
}

const PLACE: &str = "the database";

impl Engine for PostgresEngine {
    fn place(&self) -> &str {
        PLACE
    }

    fn open(&self) -> Result<(Box<dyn Backend>, bool), EvidenceError> {
        let client = connect(&self.config)?;
        Ok((Box::new(PostgresBackend { client, version: schema::version(Dialect::Postgres) }), false))
    }

    fn lock(&self) -> Result<Option<Box<dyn Send>>, EvidenceError> {
        let mut client = connect(&self.config)?;
        let failed = |error: ::postgres::Error| Trouble::new("take the lock", error).at(PLACE);
        let row = client.query_one("SELECT pg_try_advisory_lock($1)", &[&LOCK]).map_err(failed)?;
        // Held as long as the connection.
        Ok(row.get::<_, bool>(0).then(|| -> Box<dyn Send> { Box::new(client) }))
    }

    /// The tables are dropped when they are made anew.
    fn remove(&self) -> Result<(), EvidenceError> {
        Ok(())
    }
}

/// Opens a connection on which names without a schema are those of the evidence.
fn connect(config: &str) -> Result<Client, EvidenceError> {
    let failed = |error: ::postgres::Error| Trouble::new("open the tables", error).at(PLACE);
    let mut client = Client::connect(config, NoTls).map_err(failed)?;
    client
        .batch_execute(&format!("SET search_path = {SCHEMA}; SET standard_conforming_strings = on"))
        .map_err(failed)?;
    Ok(client)
}

pub(crate) struct PostgresBackend {
    client: Client,
    version: String,
}

impl std::fmt::Debug for PostgresBackend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostgresBackend")
    }
}

impl PostgresBackend {
    fn has_cursor(&mut self) -> Result<bool, ::postgres::Error> {
        let known =
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = $1 AND table_name = 'evidence_cursor'";
        Ok(self.client.query_one(known, &[&SCHEMA])?.get::<_, i64>(0) > 0)
    }

    fn try_rebuild(&mut self) -> Result<(), ::postgres::Error> {
        let mut transaction = self.client.transaction()?;
        transaction.batch_execute(&format!("DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}"))?;
        for statement in schema::statements(Dialect::Postgres) {
            transaction.batch_execute(&statement)?;
        }
        let first = "INSERT INTO evidence_cursor (schema, seq, hash) VALUES ($1, 0, $2)";
        transaction.execute(first, &[&self.version, &Hash::ZERO.0.as_slice()])?;
        transaction.commit()
    }

    fn try_write(&mut self, batch: &Batch<'_>) -> Result<(), ::postgres::Error> {
        let mut transaction = self.client.transaction()?;
        for (table, versions) in &batch.versions {
            rows::insert(&mut transaction, table, versions)?;
        }
        for table in tables() {
            let ended = batch.ended.iter().filter(|(of, ..)| of.name == table.name);
            let (rows, seqs): (Vec<i64>, Vec<i64>) = ended.map(|(_, row, seq)| (*row, *seq)).unzip();
            if !rows.is_empty() {
                let sql = format!(
                    "UPDATE \"{}\" AS t SET seq_to = e.seq FROM unnest($1::bigint[], $2::bigint[]) AS e (id, seq) \
                     WHERE t.row_id = e.id",
                    table.name
                );
                transaction.execute(&sql, &[&rows, &seqs])?;
            }
        }
        for seq in batch.erased {
            let seq = i64::try_from(*seq).unwrap_or(i64::MAX);
            transaction.execute("INSERT INTO evidence_erased (seq) VALUES ($1) ON CONFLICT DO NOTHING", &[&seq])?;
        }
        let seq = i64::try_from(batch.cursor.seq).unwrap_or(i64::MAX);
        transaction
            .execute("UPDATE evidence_cursor SET seq = $1, hash = $2", &[&seq, &batch.cursor.hash.0.as_slice()])?;
        transaction.commit()
    }
}

/// Reads where the evidence stands, and the shape of its tables.
fn cursor(client: &mut impl ::postgres::GenericClient) -> Result<Option<(String, Cursor)>, ::postgres::Error> {
    let row = client.query_opt("SELECT schema, seq, hash FROM evidence_cursor", &[])?;
    Ok(row.map(|row| {
        let hash: Vec<u8> = row.get(2);
        let hash = Hash(hash.try_into().unwrap_or_default());
        (row.get(0), Cursor { seq: u64::try_from(row.get::<_, i64>(1)).unwrap_or(0), hash })
    }))
}

impl Backend for PostgresBackend {
    fn cursor(&mut self) -> Result<Option<Cursor>, Trouble> {
        let failed = |error: ::postgres::Error| Trouble::new("read where the evidence stands", error);
        if !self.has_cursor().map_err(failed)? {
            return Ok(None);
        }
        let found = cursor(&mut self.client).map_err(failed)?;
        Ok(found.filter(|(version, _)| *version == self.version).map(|(_, cursor)| cursor))
    }

    fn is_current(&self) -> bool {
        true
    }

    fn is_empty(&mut self) -> Result<bool, Trouble> {
        let failed = |error: ::postgres::Error| Trouble::new("read the tables", error);
        self.has_cursor().map(|there| !there).map_err(failed)
    }

    fn rebuild(&mut self) -> Result<(), Trouble> {
        self.try_rebuild().map_err(|error| Trouble::new("make the tables", error))
    }

    fn last_row(&mut self, table: &Declared) -> Result<i64, Trouble> {
        let last = format!("SELECT coalesce(max(row_id), 0) FROM \"{}\"", table.name);
        let row = self.client.query_one(&last, &[]);
        row.map(|row| row.get(0)).map_err(|error| Trouble::new("read the tables", error))
    }

    fn current(&mut self, table: &Declared, by: &[(&'static str, Value)]) -> Result<Vec<Version>, Trouble> {
        let columns: String = table.columns.iter().map(|column| format!(", \"{}\"", column.name)).collect();
        let place = |(column, at): (&'static str, usize)| format!(" AND \"{column}\" IS NOT DISTINCT FROM ${at}");
        let known = by.iter().filter(|(_, value)| *value != Value::Null);
        let known_columns: String = known.clone().map(|(column, _)| *column).zip(1..).map(place).collect();
        let unknown = by.iter().filter(|(_, value)| *value == Value::Null);
        let unknown_columns: String = unknown.map(|(column, _)| format!(" AND \"{column}\" IS NULL")).collect();
        // An index serves `=`, and not `IS NOT DISTINCT FROM`.
        let known_columns = known_columns.replace("IS NOT DISTINCT FROM", "=");
        let sql = format!(
            "SELECT row_id, seq_from, seq_to{columns} FROM \"{}\" \
             WHERE seq_to = {OPEN}{known_columns}{unknown_columns} ORDER BY row_id",
            table.name
        );
        let bound: Vec<rows::Bindable<'_>> = known.map(|(_, value)| rows::Bindable(value)).collect();
        let bound: Vec<&(dyn ::postgres::types::ToSql + Sync)> = bound.iter().map(|value| value as _).collect();
        let found = self.client.query(&sql, &bound).map_err(|error| Trouble::new("read the tables", error))?;
        Ok(found.iter().map(|row| rows::version(table, row)).collect())
    }

    fn knows_erased(&mut self, seq: u64) -> Result<bool, Trouble> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        let found = self.client.query_opt("SELECT seq FROM evidence_erased WHERE seq = $1", &[&seq]);
        found.map(|found| found.is_some()).map_err(|error| Trouble::new("read the tables", error))
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Trouble> {
        self.try_write(batch).map_err(|error| Trouble::new("write the tables", error))
    }

    fn settle(&mut self) -> Result<(), Trouble> {
        // Those of the schema only: others' tables are none of ours.
        let names: Vec<String> = tables().iter().map(|table| format!("\"{}\"", table.name)).collect();
        let settled = self.client.batch_execute(&format!("ANALYZE {}", names.join(", ")));
        settled.map_err(|error| Trouble::new("look through the tables", error))
    }
}

//! The tables as an engine makes them: the declared columns, between which records a row counts, and what is looked up.

use evenkeel_evidence_sql::{Column, Dialect, Sort, Table, tables};
use evenkeel_record::Hash;

/// Raised when a record comes to other rows than before: then what was projected is made anew.
const PROJECTION: u32 = 1;

/// A type of an engine.
const fn sort(dialect: Dialect, sort: Sort) -> &'static str {
    match (dialect, sort) {
        (Dialect::Sqlite, Sort::Whole) => "INTEGER",
        (Dialect::Sqlite, Sort::Real) => "REAL",
        (Dialect::Sqlite, Sort::Text) => "TEXT",
        (Dialect::Postgres, Sort::Whole) => "BIGINT",
        (Dialect::Postgres, Sort::Real) => "DOUBLE PRECISION",
        (Dialect::Postgres, Sort::Text) => "TEXT COLLATE \"C\"",
    }
}

/// The statements that make the tables.
pub(crate) fn statements(dialect: Dialect) -> Vec<String> {
    let mut statements: Vec<String> = tables().iter().flat_map(|table| table_of(table, dialect)).collect();
    let (whole, text, blob) = match dialect {
        Dialect::Sqlite => ("INTEGER", "TEXT", "BLOB"),
        Dialect::Postgres => ("BIGINT", "TEXT", "BYTEA"),
    };
    statements.push(format!("CREATE TABLE evidence_erased (seq {whole} PRIMARY KEY)"));
    statements.push(format!(
        "CREATE TABLE evidence_cursor (schema {text} NOT NULL, seq {whole} NOT NULL, hash {blob} NOT NULL)"
    ));
    statements
}

fn table_of(table: &Table, dialect: Dialect) -> Vec<String> {
    let name = table.name;
    let column = |column: &Column| {
        let null = if column.nullable { "" } else { " NOT NULL" };
        format!(", \"{}\" {}{null}", column.name, sort(dialect, column.sort))
    };
    let columns: String = table.columns.iter().map(column).collect();
    let (whole, strict) = match dialect {
        Dialect::Sqlite => ("INTEGER", " STRICT"),
        Dialect::Postgres => ("BIGINT", ""),
    };
    // The numbers come first: they are looked at in every row.
    let mut statements = vec![format!(
        "CREATE TABLE \"{name}\" (row_id {whole} PRIMARY KEY, seq_from {whole} NOT NULL, seq_to {whole} NOT NULL{columns}){strict}"
    )];
    let timed = table.column("at").is_some_and(|at| at.indexed);
    for column in table.columns.iter().filter(|column| column.indexed) {
        let column = column.name;
        // Whose and when are mostly asked together.
        let more = if timed && ["workload", "team"].contains(&column) { ", \"at\"" } else { "" };
        statements.push(format!("CREATE INDEX \"{name}_{column}\" ON \"{name}\" (\"{column}\"{more})"));
    }
    statements.push(format!("CREATE INDEX \"{name}_ended\" ON \"{name}\" (seq_to) WHERE seq_to < {}", i64::MAX));
    statements
}

/// Names the shape of the tables, and what is put into them.
pub(crate) fn version(dialect: Dialect) -> String {
    let text = statements(dialect).join("\n");
    Hash::of(&[&PROJECTION.to_be_bytes(), text.as_bytes()]).to_string()
}

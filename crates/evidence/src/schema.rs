//! The tables as an engine makes them: the declared columns, between which records a row counts, and what is looked up.

use evenkeel_evidence_sql::{Column, Dialect, OPEN, Sort, Source, Table, tables};
use evenkeel_record::Hash;

use crate::key::Identity;

/// Raised when a record comes to other rows than before: then what was projected is made anew.
const PROJECTION: u32 = 1;

/// Tables beside those of documents that follow the ops repo.
const KEPT: [&str; 4] = ["catalogue", "findings", "links", "owners"];

/// Tables whose rows change again and again. What counts of them now is a small part, and is looked up by itself.
const CHANGING: [&str; 4] = ["alerts", "incidents", "pages", "updates"];

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
    // What the ops repo says changes again and again, and hardly anybody asks for what it said before.
    let ends = if matches!(table.source, Source::Documents(_)) || KEPT.contains(&name) { ", seq_to" } else { "" };
    let mut index = |name_of: &str, columns: &[&str], only: &str| {
        let columns: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        let columns = columns.join(", ") + ends;
        statements.push(format!("CREATE INDEX \"{name}_{name_of}\" ON \"{name}\" ({columns}){only}"));
    };
    let mut known = None;
    if let Identity::Columns(columns) = Identity::of(name) {
        index("identity", columns, "");
        known = columns.first().copied();
    }
    let (told, changing) = (matches!(table.source, Source::Fact(_)), CHANGING.contains(&name));
    for column in table.columns.iter().filter(|column| column.indexed && Some(column.name) != known) {
        match (name, column.name) {
            (_, "team" | "at") if changing => {}
            // Whose and when are mostly asked together, and so are which list and what.
            (_, "workload" | "team") if timed => index(column.name, &[column.name, "at"], ""),
            ("links", "value") => index("value", &["value", "field"], ""),
            (_, column) if told && !["id", "at"].contains(&column) => {
                index(column, &[column], &format!(" WHERE \"{column}\" IS NOT NULL"));
            }
            (_, column) => index(column, &[column], ""),
        }
    }
    if told {
        // Few kinds of facts are ever seen by Evenkeel itself.
        index("observed", &["at"], " WHERE origin = 'observed'");
    }
    if changing {
        let now = format!(" WHERE seq_to = {OPEN}");
        index("now_workload", &["workload", "at"], &now);
        index("now_team", &["team", "at"], &now);
        index("now_at", &["at"], &now);
    }
    statements.push(format!("CREATE INDEX \"{name}_ended\" ON \"{name}\" (seq_to) WHERE seq_to < {OPEN}"));
    statements
}

/// Names the shape of the tables, and what is put into them.
pub(crate) fn version(dialect: Dialect) -> String {
    let text = statements(dialect).join("\n");
    Hash::of(&[&PROJECTION.to_be_bytes(), text.as_bytes()]).to_string()
}

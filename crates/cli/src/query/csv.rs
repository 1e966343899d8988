//! Rows as comma-separated values.
//!
//! Source: RFC 4180, with a plain line feed at the end of lines. NULL is nothing at all and an empty text is `""`, as
//! PostgreSQL writes and reads them, so that both survive the way.

use super::rows::{Cell, Rows};

/// A line of names, then a line each row.
pub(super) fn text(rows: &Rows) -> String {
    let mut out = line(rows.columns.iter().map(|name| quoted(name)));
    for row in &rows.rows {
        out.push_str(&line(row.iter().map(field)));
    }
    out
}

fn line(fields: impl Iterator<Item = String>) -> String {
    let mut line = fields.collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Whole(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    let plain = !text.is_empty() && text.trim() == text && !text.contains([',', '"', '\n', '\r']);
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

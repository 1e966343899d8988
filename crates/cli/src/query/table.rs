//! Rows as aligned columns.

use std::fmt::Write as _;

use evenkeel_time::{Duration, Timestamp};
use unicode_width::UnicodeWidthStr;

use super::rows::{Cell, Rows};
use crate::client::{Context, Tone, line};

/// Longer texts are cut in tables; the other formats have them whole.
const CELL_MAX: usize = 100;
/// The end of what has none so far, as `seq_to` writes it.
const OPEN: i64 = i64::MAX;

/// A line of names, a line each row, and how many there are. With `times`, milliseconds are shown on its clock.
pub(super) fn text(rows: &Rows, times: Option<&Context>, cx: &Context) -> String {
    if rows.rows.is_empty() {
        return "no rows\n".to_owned();
    }
    let columns: Vec<Column> =
        rows.columns.iter().zip(0..).map(|(name, at)| Column::of(name, at, rows, times)).collect();
    let head: Vec<String> = columns.iter().map(|column| column.placed(&column.name)).collect();
    let mut out = format!("{}\n", cx.paint(Tone::Quiet, head.join("  ").trim_end()));
    for at in 0..rows.rows.len() {
        let cells: Vec<String> =
            columns.iter().map(|column| column.placed(column.cells.get(at).map_or("", |cell| cell))).collect();
        let _ = writeln!(out, "{}", cells.join("  ").trim_end());
    }
    out.push_str(&count(rows));
    if times.is_some() {
        let _ = write!(out, "; {}", cx.zone_note());
    }
    out.push('\n');
    out
}

fn count(rows: &Rows) -> String {
    match (rows.rows.len(), rows.more) {
        (count, true) => format!("the first {count} rows; `--limit` gives more"),
        (1, false) => "1 row".to_owned(),
        (count, false) => format!("{count} rows"),
    }
}

/// One column, ready to be placed.
struct Column {
    name: String,
    cells: Vec<String>,
    right: bool,
    width: usize,
}

impl Column {
    fn of(name: &str, at: usize, rows: &Rows, times: Option<&Context>) -> Self {
        let cells = || rows.rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Nothing));
        let shown: Vec<String> = cells().map(|cell| shown(name, cell, times)).collect();
        let clock = times.is_some() && is_instant(name);
        let right = !clock && cells().all(|cell| !matches!(cell, Cell::Text(_)));
        let name = line(name);
        let width = shown.iter().map(|cell| cell.width()).chain([name.width()]).max().unwrap_or_default();
        Self { name, cells: shown, right, width }
    }

    fn placed(&self, text: &str) -> String {
        let gap = " ".repeat(self.width.saturating_sub(text.width()));
        if self.right { format!("{gap}{text}") } else { format!("{text}{gap}") }
    }
}

fn shown(name: &str, cell: &Cell, times: Option<&Context>) -> String {
    match (cell, times) {
        (Cell::Nothing, _) => String::new(),
        (Cell::Whole(OPEN), Some(_)) => "open".to_owned(),
        (Cell::Whole(ms), Some(cx)) if is_instant(name) => cx.second(Timestamp(*ms)),
        (Cell::Whole(ms), Some(_)) if name.ends_with("_ms") => Duration::millis(*ms).to_string(),
        (Cell::Whole(number), _) => number.to_string(),
        (Cell::Number(number), _) => number.to_string(),
        (Cell::Text(text), _) => cut(&line(text)),
    }
}

/// Whether whole numbers in a column of this name are instants.
fn is_instant(name: &str) -> bool {
    matches!(name, "at" | "until" | "expires" | "revisit") || name.ends_with("_at") || name.ends_with("_by")
}

fn cut(text: &str) -> String {
    if text.chars().count() <= CELL_MAX {
        return text.to_owned();
    }
    let kept: String = text.chars().take(CELL_MAX - 1).collect();
    format!("{kept}…")
}

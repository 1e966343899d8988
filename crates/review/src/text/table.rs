//! Rows in columns, numbers to the right; one column gives way when the terminal is narrow.

use unicode_width::UnicodeWidthStr;

use super::pen::{Pen, Tone, fitted};

/// The column that gives way is not cut to less than this.
const YIELDING_MIN: usize = 16;

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    Left(&'static str),
    Right(&'static str),
    /// To the left, and cut where there is no room.
    Yielding(&'static str),
}

/// One field.
pub(super) type Cell = (String, Tone);

/// A line of names, then the rows.
pub(super) fn draw(columns: &[Column], rows: &[Vec<Cell>], pen: &mut Pen) {
    let mut widths: Vec<usize> = columns.iter().zip(0..).map(|(column, at)| width(*column, at, rows)).collect();
    let all: usize = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    let over = all.saturating_sub(pen.width());
    for (width, column) in widths.iter_mut().zip(columns) {
        if matches!(column, Column::Yielding(_)) {
            *width = width.saturating_sub(over).max(YIELDING_MIN.min(*width));
        }
    }
    let heads: Vec<Cell> = columns.iter().map(|column| (head(*column).to_owned(), Tone::Quiet)).collect();
    for row in std::iter::once(&heads).chain(rows) {
        let cells: Vec<String> = row
            .iter()
            .zip(columns)
            .zip(&widths)
            .map(|((cell, column), width)| placed(cell, *column, *width, pen))
            .collect();
        pen.raw(cells.join("  ").trim_end());
        pen.raw("\n");
    }
}

const fn head(column: Column) -> &'static str {
    match column {
        Column::Left(head) | Column::Right(head) | Column::Yielding(head) => head,
    }
}

fn width(column: Column, at: usize, rows: &[Vec<Cell>]) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(at)).map(|(text, _)| text.width());
    cells.chain([head(column).width()]).max().unwrap_or_default()
}

fn placed((text, tone): &Cell, column: Column, width: usize, pen: &Pen) -> String {
    let gap = " ".repeat(width.saturating_sub(text.width()));
    match column {
        Column::Left(_) => format!("{}{gap}", pen.toned(*tone, text)),
        Column::Right(_) => format!("{gap}{}", pen.toned(*tone, text)),
        Column::Yielding(_) => pen.toned(*tone, &fitted(text, width)),
    }
}

//! Rows in columns.

use std::fmt::Write as _;

use super::context::{Context, Tone};

/// Rows in columns, as wide as what is in them.
#[derive(Debug)]
pub(crate) struct Table {
    head: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// One field of a table.
#[derive(Debug)]
struct Cell {
    text: String,
    tone: Option<Tone>,
}

impl Table {
    pub(crate) fn new<const N: usize>(head: [&str; N]) -> Self {
        Self { head: head.map(str::to_owned).into(), rows: Vec::new() }
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.toned(cells.map(|text| (text, None)));
    }

    /// A row of which some fields are in colour.
    pub(crate) fn toned<const N: usize>(&mut self, cells: [(String, Option<Tone>); N]) {
        self.rows.push(cells.map(|(text, tone)| Cell { text, tone }).into());
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The table, each line behind the indent; columns that are empty everywhere are left out.
    pub(crate) fn text(&self, cx: &Context, indent: &str) -> String {
        let widths: Vec<usize> = (0..self.head.len()).map(|column| self.width(column)).collect();
        let head: Vec<Cell> =
            self.head.iter().map(|text| Cell { text: text.clone(), tone: Some(Tone::Quiet) }).collect();
        let head = self.head.iter().any(|text| !text.is_empty()).then_some(&head);
        head.into_iter().chain(&self.rows).map(|row| line(row, &widths, cx, indent)).collect()
    }

    /// 0 when no row has anything there.
    fn width(&self, column: usize) -> usize {
        let wide = |text: &String| text.chars().count();
        let widest = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| wide(&cell.text)).max();
        let widest = widest.unwrap_or_default();
        if widest == 0 { 0 } else { widest.max(self.head.get(column).map_or(0, wide)) }
    }
}

fn line(row: &[Cell], widths: &[usize], cx: &Context, indent: &str) -> String {
    let mut out = indent.to_owned();
    let shown: Vec<(&Cell, usize)> = row.iter().zip(widths.iter().copied()).filter(|(_, width)| *width > 0).collect();
    let last = shown.iter().rposition(|(cell, _)| !cell.text.is_empty()).map_or(0, |at| at + 1);
    for (at, (cell, width)) in shown.iter().take(last).enumerate() {
        let painted = cell.tone.map_or_else(|| cell.text.clone(), |tone| cx.paint(tone, &cell.text));
        let gap = if at + 1 == last { 0 } else { width - cell.text.chars().count() + 2 };
        let _ = write!(out, "{painted}{}", " ".repeat(gap));
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use evenkeel_time::{Timestamp, Zone};

    use super::*;

    #[test]
    fn columns_are_as_wide_as_needed_and_empty_ones_are_left_out() {
        let mut table = Table::new(["NAME", "NOTHING", "WHAT"]);
        table.row(["ädä".to_owned(), String::new(), "x".to_owned()]);
        table.toned([("b".to_owned(), None), (String::new(), None), ("long".to_owned(), Some(Tone::Bad))]);
        table.row(["last".to_owned(), String::new(), String::new()]);
        let mut cx = Context { now: Timestamp(0), zone: Zone::UTC, color: false, user: None };
        assert_eq!(table.text(&cx, " "), " NAME  WHAT\n ädä   x\n b     long\n last\n");
        cx.color = true;
        assert!(table.text(&cx, "").contains("b     \x1b[1;31mlong\x1b[0m\n"));
    }
}

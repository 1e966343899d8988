//! A line of a file in the columns of a terminal: wide characters, tabs, what must not reach a terminal, and the part of
//! a very long line that matters.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// A tab is shown as so many blanks.
const TAB: &str = "    ";
/// What stands for characters that steer a terminal or turn the direction of text.
const HARMLESS: &str = "\u{fffd}";
/// Units: columns. So much of a line is shown before a mark that does not fit.
const LEAD: usize = 12;

/// A line, or the part of it round a mark, as it is shown.
#[derive(Debug)]
pub(super) struct Shown {
    /// What is shown.
    pub(super) text: String,
    /// Byte in the line and column, both rising; the last one is the end of what is shown.
    stops: Vec<(usize, usize)>,
}

impl Shown {
    /// Shows the line, or so many columns of it round the mark. The mark is a range of bytes.
    pub(super) fn new(line: &str, mark: &Range<usize>, width: usize) -> Self {
        let reach = width * 4;
        let from = boundary(line, mark.start.saturating_sub(reach));
        let to = boundary(line, mark.start.saturating_add(reach));
        let cells = cells(line, from..to);
        let total: usize = cells.iter().map(Cell::width).sum();
        if from == 0 && to == line.len() && total <= width {
            return Self::of(&cells, to, false, false);
        }
        let first = first_shown(&cells, mark, width, total);
        let mut used = 2;
        let rest = cells.get(first..).unwrap_or_default();
        let count = rest.iter().take_while(|cell| {
            used += cell.width();
            used <= width
        });
        let (shown, left) = rest.split_at(count.count());
        let end = left.first().map_or(to, |cell| cell.byte);
        Self::of(shown, end, first > 0 || from > 0, end < line.len())
    }

    fn of(cells: &[Cell], end: usize, cut_before: bool, cut_after: bool) -> Self {
        let mut text = String::new();
        let mut stops = Vec::with_capacity(cells.len() + 1);
        let mut column = 0;
        if cut_before {
            text.push('…');
            column = 1;
        }
        for cell in cells {
            stops.push((cell.byte, column));
            column += cell.width();
            cell.push_to(&mut text);
        }
        stops.push((end, column));
        if cut_after {
            text.push('…');
        }
        Self { text, stops }
    }

    /// Whether the byte is among those shown.
    pub(super) fn has(&self, byte: usize) -> bool {
        let first = self.stops.first().is_some_and(|(first, _)| *first <= byte);
        first && self.stops.last().is_some_and(|(last, _)| byte <= *last)
    }

    /// The columns of a mark, at least one wide.
    pub(super) fn columns(&self, mark: &Range<usize>) -> Range<usize> {
        let start = self.column(mark.start);
        start..self.column(mark.end).max(start + 1)
    }

    fn column(&self, byte: usize) -> usize {
        let at = self.stops.partition_point(|(stop, _)| *stop < byte);
        self.stops.get(at).or(self.stops.last()).map_or(0, |(_, column)| *column)
    }
}

/// A text of one line without what would steer a terminal.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::new();
    cells(text, 0..text.len()).iter().for_each(|cell| cell.push_to(&mut out));
    out
}

#[derive(Debug)]
struct Cell {
    byte: usize,
    char: char,
}

impl Cell {
    fn width(&self) -> usize {
        match self.char {
            '\t' => TAB.len(),
            char if steers(char) => 1,
            char => char.width().unwrap_or(1),
        }
    }

    fn push_to(&self, text: &mut String) {
        match self.char {
            '\t' => text.push_str(TAB),
            char if steers(char) => text.push_str(HARMLESS),
            char => text.push(char),
        }
    }
}

fn cells(line: &str, part: Range<usize>) -> Vec<Cell> {
    let start = part.start;
    let text = line.get(part).unwrap_or_default();
    text.char_indices().map(|(byte, char)| Cell { byte: start + byte, char }).collect()
}

/// Controls, and the marks that make text look other than it is.
fn steers(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The last boundary of characters at or before a byte.
fn boundary(line: &str, byte: usize) -> usize {
    let byte = byte.min(line.len());
    (0..=byte).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0)
}

/// Where to begin so that the mark is seen, with something before it, and no room is left at the end.
fn first_shown(cells: &[Cell], mark: &Range<usize>, width: usize, total: usize) -> usize {
    let before: usize = cells.iter().take_while(|cell| cell.byte < mark.start).map(Cell::width).sum();
    let marked = cells.iter().filter(|cell| mark.contains(&cell.byte)).map(Cell::width).sum::<usize>();
    let lead = (width.saturating_sub(marked) / 2).max(LEAD);
    let wanted = before.saturating_sub(lead).min((total + 2).saturating_sub(width));
    let mut column = 0;
    let skipped = cells.iter().take_while(|cell| {
        column += cell.width();
        column <= wanted
    });
    skipped.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, mark: &str, width: usize) -> (String, String) {
        let start = line.find(mark).expect("the mark is in the line");
        let mark = start..start + mark.len();
        let shown = Shown::new(line, &mark, width);
        let columns = shown.columns(&mark);
        (shown.text, format!("{}{}", " ".repeat(columns.start), "^".repeat(columns.len())))
    }

    #[test]
    fn wide_characters_and_tabs_take_their_columns() {
        assert_eq!(check("名前: pagr", "pagr", 80), ("名前: pagr".into(), "      ^^^^".into()));
        assert_eq!(check("\ta: pagr", "pagr", 80), ("    a: pagr".into(), "       ^^^^".into()));
        assert_eq!(check("e\u{301}: x", "x", 80), ("e\u{301}: x".into(), "   ^".into()));
        assert_eq!(check("a: 名前", "名前", 80), ("a: 名前".into(), "   ^^^^".into()));
    }

    #[test]
    fn what_steers_a_terminal_is_not_shown() {
        let line = "a\u{1b}[2J\u{202e}b: x";
        assert_eq!(check(line, "x", 80), ("a\u{fffd}[2J\u{fffd}b: x".into(), "         ^".into()));
        assert_eq!(printable("a\r\u{2066}\n"), "a\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn a_long_line_is_cut_round_its_mark() {
        let line = format!("{}pagr{}", "a".repeat(100), "b".repeat(100));
        let (text, marks) = check(&line, "pagr", 40);
        assert_eq!(text, format!("…{}pagr{}…", "a".repeat(18), "b".repeat(16)));
        assert_eq!(marks, format!("{}^^^^", " ".repeat(19)));
        let (text, marks) = check(&line, "aaaa", 40);
        assert_eq!((text.chars().count(), marks.as_str()), (39, "^^^^"));
        let (text, _) = check(&line, &"b".repeat(100), 40);
        assert!(text.starts_with("…aaaaaaaapagrbbb"), "{text}");
        let end = format!("{}x", "a".repeat(100));
        let (text, marks) = check(&end, "x", 40);
        assert_eq!((text.chars().count(), marks.chars().count()), (39, 39));
    }

    #[test]
    fn a_line_of_megabytes_is_looked_at_only_near_the_mark() {
        let line = format!("{}pagr{}", "名".repeat(1 << 20), "x".repeat(1 << 20));
        let (text, marks) = check(&line, "pagr", 100);
        assert!(text.starts_with('…') && text.ends_with('…') && text.contains("名pagrx"), "{text}");
        assert_eq!(marks.trim_start(), "^^^^");
    }
}

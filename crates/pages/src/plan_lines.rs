//! The lines of a file that differ, for people: what is gone, what is new, and a little around it.

/// Files with more lines than this on either side are not compared line by line.
const LINES_MAX: usize = 1500;
/// So many unchanged lines stand around what changed.
const AROUND: usize = 2;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// The same on both sides.
    Same(&'a str),
    /// Only before.
    Gone(&'a str),
    /// Only after.
    New(&'a str),
    /// Unchanged lines are left out here.
    Gap,
}

/// What differs, in order; `None` where that would take too long to find out.
pub(crate) fn differing<'a>(before: &'a str, after: &'a str) -> Option<Vec<Line<'a>>> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if before.len() > LINES_MAX || after.len() > LINES_MAX {
        return None;
    }
    let table = longest(&before, &after);
    let length = |i: usize, j: usize| table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    loop {
        match (before.get(i), after.get(j)) {
            (Some(old), Some(new)) if old == new => {
                lines.push(Line::Same(old));
                (i, j) = (i + 1, j + 1);
            }
            (Some(old), Some(_)) if length(i + 1, j) >= length(i, j + 1) => {
                lines.push(Line::Gone(old));
                i += 1;
            }
            (Some(old), None) => {
                lines.push(Line::Gone(old));
                i += 1;
            }
            (_, Some(new)) => {
                lines.push(Line::New(new));
                j += 1;
            }
            (None, None) => return Some(around(&lines)),
        }
    }
}

/// Of every two ends of the texts the length of the longest sequence of lines that both have.
fn longest(before: &[&str], after: &[&str]) -> Vec<Vec<u16>> {
    let mut table = vec![vec![0_u16; after.len() + 1]];
    for old in before.iter().rev() {
        let below = table.last().map_or(&[][..], Vec::as_slice);
        let mut row = vec![0_u16; after.len() + 1];
        for (j, new) in after.iter().enumerate().rev() {
            let at = |row: &[u16], j: usize| row.get(j).copied().unwrap_or(0);
            let found = if old == new { at(below, j + 1) + 1 } else { at(below, j).max(at(&row, j + 1)) };
            if let Some(cell) = row.get_mut(j) {
                *cell = found;
            }
        }
        table.push(row);
    }
    table.reverse();
    table
}

/// Without what is far from every change.
fn around<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let changed = |line: &Line<'_>| !matches!(line, Line::Same(_));
    let mut shown = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let near = lines.get(index.saturating_sub(AROUND)..lines.len().min(index + AROUND + 1)).unwrap_or(&[]);
        if near.iter().any(changed) {
            shown.push(*line);
        } else if shown.last() != Some(&Line::Gap) {
            shown.push(Line::Gap);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_stands_among_a_few_lines_around_it() {
        let before = "a\nb\nc\nd\ne\nf\ng\n";
        let after = "a\nb\nc\nd\nE\nf\ng\nh\n";
        let shown: Vec<String> = differing(before, after)
            .expect("short")
            .into_iter()
            .map(|line| match line {
                Line::Same(text) => format!(" {text}"),
                Line::Gone(text) => format!("-{text}"),
                Line::New(text) => format!("+{text}"),
                Line::Gap => "...".to_owned(),
            })
            .collect();
        assert_eq!(shown, ["...", " c", " d", "-e", "+E", " f", " g", "+h"]);
        assert_eq!(differing("", "a"), Some(vec![Line::New("a")]));
        assert_eq!(differing(&"a\n".repeat(2000), ""), None);
    }
}

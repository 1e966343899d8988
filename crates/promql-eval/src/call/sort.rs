//! `sort`, `sort_by_label` and their reverse. The results of range queries are sorted by labels whatever they say.

use std::cmp::Ordering;

use evenkeel_promql::Call;

use crate::collect::Kept;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::notes::Note;
use crate::row::Row;
use crate::scalar::text;
use crate::sink::{Done, Sink};

/// Streams the rows of an instant query in their order.
pub(super) fn stream(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(arg) = call.args.first() else { return Ok(()) };
    let by_label = call.name.value.starts_with("sort_by_label");
    let descending = call.name.value.ends_with("_desc");
    if ev.query.step.0 > 0 {
        ev.remark(arg, None, Note::SortInRange);
    }
    let mut kept = Kept::new(ev);
    ev.stream(arg, grid, &mut |labels: &Labels, row: &mut Row| {
        if !by_label {
            // Histograms have no order.
            row.clear_histograms();
        }
        if row.is_empty() { Ok(()) } else { kept.row(labels, row) }
    })?;
    let names: Vec<&str> = call.args.iter().skip(1).map(|arg| text(Some(arg))).collect();
    let turned = |order: Ordering| if descending { order.reverse() } else { order };
    if grid.count == 1 && by_label {
        kept.rows.sort_by(|(a, _), (b, _)| turned(compare_labels(a, b, &names)));
    } else if grid.count == 1 {
        let value = |row: &Row| row.values.first().copied().unwrap_or(f64::NAN);
        kept.rows.sort_by(|(_, a), (_, b)| {
            let (a, b) = (value(a), value(b));
            // NaN comes last either way.
            a.is_nan().cmp(&b.is_nan()).then_with(|| turned(a.partial_cmp(&b).unwrap_or(Ordering::Equal)))
        });
    }
    for (labels, mut row) in std::mem::take(&mut kept.rows) {
        sink.row(&labels, &mut row)?;
    }
    Ok(())
}

fn compare_labels(a: &Labels, b: &Labels, names: &[&str]) -> Ordering {
    let by_names = names.iter().map(|name| natural(a.get(name), b.get(name)));
    by_names.fold(Ordering::Equal, Ordering::then).then_with(|| a.seen().cmp(&b.seen()))
}

/// Compares texts so that numbers in them count as numbers. Source: `facette/natsort`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (Chunks(a), Chunks(b));
    loop {
        let (a, b) = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => (a, b),
        };
        let order = match (a.parse::<i64>(), b.parse::<i64>()) {
            (Ok(a), Ok(b)) => a.cmp(&b),
            _ => a.cmp(b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// A text cut where digits begin and end.
struct Chunks<'a>(&'a str);

impl<'a> Iterator for Chunks<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let digits = self.0.chars().next()?.is_ascii_digit();
        let end = self.0.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(self.0.len());
        let (chunk, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        Some(chunk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_texts_count_as_numbers() {
        let sorted = ["", "4m5", "4m600", "4m1000", "cpu0", "cpu2", "cpu10", "cpu10a", "cpu11"];
        for (index, text) in sorted.iter().enumerate() {
            for (other_index, other) in sorted.iter().enumerate() {
                assert_eq!(natural(text, other), index.cmp(&other_index), "{text} {other}");
            }
        }
    }
}

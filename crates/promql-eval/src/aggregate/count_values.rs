//! `count_values`: how often each value is there.

use evenkeel_labels::LabelSet;

use super::Context;
use super::groups::key_of;
use crate::EvalFault;
use crate::go_text::{float_f, quoted};
use crate::grid::Grid;
use crate::labels::{Labels, Numbered};
use crate::row::{ABSENT, Cell, Row, is_absent};
use crate::scalar::text;
use crate::sink::{Done, Sink};

/// Streams a row for each value of each group.
pub(super) fn stream(cx: &Context<'_, '_>, grid: Grid, sink: &mut dyn Sink) -> Done {
    let label = text(cx.aggregate.parameter.as_ref());
    if label.is_empty() {
        return Err(EvalFault::Execution(format!("invalid label name {}", quoted(label))));
    }
    let key = key_of(cx.aggregate);
    let mut numbered = Numbered::default();
    let mut counted: Vec<(Labels, Row)> = Vec::new();
    cx.ev.stream(&cx.aggregate.expr, grid, &mut |labels: &Labels, row: &mut Row| {
        let base: Vec<(&str, &str)> = labels.pairs().filter(|(name, _)| key.has(name) && *name != label).collect();
        // Values mostly stay as they are for a while.
        let mut before: Option<(u64, usize)> = None;
        for index in 0..row.len() {
            let (bits, shown) = match row.cell(index) {
                None => continue,
                Some(Cell::Number(value)) => match before {
                    Some((bits, place)) if bits == value.to_bits() => {
                        count(&mut counted, place, index);
                        continue;
                    }
                    _ => (Some(value.to_bits()), float_f(value)),
                },
                Some(Cell::Histogram(histogram)) => (None, histogram.to_string()),
            };
            let set = LabelSet::new(base.iter().copied().chain([(label, &*shown)]));
            let (place, new) = numbered.number(|text| text.push_str(set.encoded()));
            if new {
                counted.push((Labels::new(set, cx.ev.delayed()), Row::absent(grid.count)));
            }
            count(&mut counted, place, index);
            before = bits.map(|bits| (bits, place));
        }
        Ok(())
    })?;
    counted.iter_mut().try_for_each(|(labels, row)| sink.row(labels, row))
}

fn count(counted: &mut [(Labels, Row)], place: usize, index: usize) {
    if let Some(slot) = counted.get_mut(place).and_then(|(_, row)| row.values.get_mut(index)) {
        *slot = if is_absent(*slot) { 1.0 } else { *slot + 1.0 };
    }
    debug_assert!(ABSENT.is_nan(), "what is absent is no count");
}

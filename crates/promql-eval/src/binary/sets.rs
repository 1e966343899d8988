//! `and`, `unless`, `or`: which rows, and where, by whether the other side has some with the same labels.

use evenkeel_promql::Binary;

use super::join::key_labels;
use crate::collect::{Merged, Same};
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::{KeyLabels, Labels, Numbered};
use crate::row::{Mask, Row};
use crate::sink::{Done, Sink};

/// Where rows with the same key have values.
#[derive(Default)]
struct Presence {
    numbered: Numbered,
    masks: Vec<Mask>,
}

impl Presence {
    fn add(&mut self, key: &KeyLabels, labels: &Labels, row: &Row) {
        let (place, new) = self.numbered.number(|text| key.encode(labels, text));
        let mask = Mask::of(row);
        if new {
            self.masks.push(mask);
        } else if let Some(known) = self.masks.get_mut(place) {
            known.add(&mask);
        }
    }

    fn find(&mut self, key: &KeyLabels, labels: &Labels) -> Option<&Mask> {
        let place = self.numbered.find(|text| key.encode(labels, text))?;
        self.masks.get(place)
    }
}

/// Takes away what the mask has, or what it has not.
fn clear(row: &mut Row, mask: Option<&Mask>, keep: bool) {
    for index in 0..row.len() {
        if mask.is_some_and(|mask| mask.has(index)) != keep {
            row.clear(index);
        }
    }
}

/// Streams the left rows where the right side has some with the same labels (`and`), or has none (`unless`).
pub(super) fn meet(ev: &Evaluator<'_>, binary: &Binary, and: bool, grid: Grid, sink: &mut dyn Sink) -> Done {
    let key = key_labels(binary);
    let mut right = Presence::default();
    ev.stream(&binary.right, grid, &mut |labels: &Labels, row: &mut Row| {
        right.add(&key, labels, row);
        Ok(())
    })?;
    if and && right.masks.is_empty() {
        return Ok(());
    }
    ev.stream(&binary.left, grid, &mut |labels: &Labels, row: &mut Row| {
        let mask = right.find(&key, labels);
        if mask.is_none() && and {
            return Ok(());
        }
        if mask.is_some() {
            clear(row, mask, and);
        }
        if row.is_empty() { Ok(()) } else { sink.row(labels, row) }
    })
}

/// Streams the left rows, and the right ones where the left side has none with the same labels.
pub(super) fn or(ev: &Evaluator<'_>, binary: &Binary, grid: Grid, sink: &mut dyn Sink) -> Done {
    let key = key_labels(binary);
    let mut left = Presence::default();
    let mut merged = Merged::new(ev, Same::Merge);
    ev.stream(&binary.left, grid, &mut |labels: &Labels, row: &mut Row| {
        left.add(&key, labels, row);
        merged.row(labels, row)
    })?;
    ev.stream(&binary.right, grid, &mut |labels: &Labels, row: &mut Row| {
        if let Some(mask) = left.find(&key, labels) {
            clear(row, Some(mask), false);
        }
        if row.is_empty() { Ok(()) } else { merged.row(labels, row) }
    })?;
    merged.flush(sink)
}

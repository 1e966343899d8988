//! Rows that are kept, and those with the same labels made one.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use evenkeel_labels::LabelSet;
use foldhash::fast::FixedState;

use crate::EvalFault;
use crate::evaluator::Evaluator;
use crate::labels::Labels;
use crate::row::Row;
use crate::sink::{Done, Sink};

/// What is said when two values at one instant have the same labels.
pub(crate) fn same_labels() -> EvalFault {
    EvalFault::Execution("vector cannot contain metrics with the same labelset".to_owned())
}

/// Rows that are kept, in the order in which they came.
pub(crate) struct Kept<'e, 'q> {
    ev: &'e Evaluator<'q>,
    /// The rows.
    pub(crate) rows: Vec<(Labels, Row)>,
    held: usize,
}

impl<'e, 'q> Kept<'e, 'q> {
    pub(crate) const fn new(ev: &'e Evaluator<'q>) -> Self {
        Self { ev, rows: Vec::new(), held: 0 }
    }

    /// Rows that were gathered elsewhere. So many samples of them are counted as held already.
    pub(crate) fn of(ev: &'e Evaluator<'q>, rows: Vec<(Labels, Row)>, counted: usize) -> Result<Self, EvalFault> {
        let held = rows.iter().map(|(_, row)| row.len()).sum::<usize>().max(counted);
        let kept = Self { ev, rows, held };
        ev.hold(held - counted)?;
        Ok(kept)
    }
}

impl Sink for Kept<'_, '_> {
    fn row(&mut self, labels: &Labels, row: &mut Row) -> Done {
        self.held += row.len();
        self.ev.hold(row.len())?;
        self.rows.push((labels.clone(), std::mem::take(row)));
        Ok(())
    }
}

impl Drop for Kept<'_, '_> {
    fn drop(&mut self) {
        self.ev.release(self.held);
    }
}

/// What follows when two rows have the same labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Same {
    /// They become one, unless both have a value at one instant.
    Merge,
    /// It is a fault.
    Refuse,
}

/// Rows that are kept, one for each set of labels.
pub(crate) struct Merged<'e, 'q> {
    kept: Kept<'e, 'q>,
    places: HashMap<LabelSet, usize, FixedState>,
    same: Same,
}

impl<'e, 'q> Merged<'e, 'q> {
    pub(crate) fn new(ev: &'e Evaluator<'q>, same: Same) -> Self {
        Self { kept: Kept::new(ev), places: HashMap::default(), same }
    }

    /// Passes them on.
    pub(crate) fn flush(mut self, sink: &mut dyn Sink) -> Done {
        for (labels, mut row) in std::mem::take(&mut self.kept.rows) {
            sink.row(&labels, &mut row)?;
        }
        Ok(())
    }

    fn take(&mut self, labels: &Labels, row: &mut Row) -> Done {
        match self.places.entry(labels.seen()) {
            Entry::Vacant(entry) => {
                entry.insert(self.kept.rows.len());
                self.kept.row(labels, row)
            }
            Entry::Occupied(entry) => {
                let kept = self.kept.rows.get_mut(*entry.get()).filter(|_| self.same == Same::Merge);
                let merged = kept.is_some_and(|(_, kept)| !kept.merge(std::mem::take(row)));
                if merged { Ok(()) } else { Err(same_labels()) }
            }
        }
    }
}

impl Sink for Merged<'_, '_> {
    fn row(&mut self, labels: &Labels, row: &mut Row) -> Done {
        self.take(labels, row)
    }
}

/// Runs what drops names, and sees to it that no two rows have the same labels afterwards; `differs`: they cannot.
pub(crate) fn unique(
    ev: &Evaluator<'_>,
    differs: bool,
    refuse: bool,
    sink: &mut dyn Sink,
    run: &mut dyn FnMut(&mut dyn Sink) -> Done,
) -> Done {
    if differs || ev.delayed() {
        return run(sink);
    }
    let mut merged = Merged::new(ev, if refuse { Same::Refuse } else { Same::Merge });
    run(&mut merged)?;
    merged.flush(sink)
}

/// The rows with the labels that they have in the end, those without any value left out.
pub(crate) fn shown(rows: Vec<(Labels, Row)>) -> Vec<(LabelSet, Row)> {
    rows.into_iter().filter(|(_, row)| !row.is_empty()).map(|(labels, row)| (labels.shown(), row)).collect()
}

//! `absent_over_time`: 1 at the instants at which a range has no sample at all.

use evenkeel_metric::Column;
use evenkeel_promql::Call;

use super::{Cut, Ends, for_each_column};
use crate::absent::labels_of;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::{ABSENT, Row};
use crate::sink::{Done, Sink};

/// Streams the one row that says so, if it says anything.
pub(crate) fn stream(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(range) = call.args.first().map(evenkeel_promql::Expr::bare) else { return Ok(()) };
    let mut row = Row { values: vec![1.0; grid.count], histograms: Vec::new() };
    let mut missing = grid.count;
    for_each_column(ev, range, grid, &mut |_: &Labels, column: &mut Column, cut: &Cut| {
        if missing == 0 {
            return Ok(());
        }
        let mut ends = Ends::default();
        for (slot, at) in row.values.iter_mut().zip(cut.grid.times()) {
            let until = cut.moment.seen_from(at);
            let (numbers, histograms) = ends.between(column, until.saturating_sub(cut.length), until);
            let is_empty = numbers.is_empty() && histograms.is_empty();
            if !is_empty && !crate::row::is_absent(*slot) {
                *slot = ABSENT;
                missing -= 1;
            }
        }
        Ok(())
    })?;
    if missing == 0 {
        return Ok(());
    }
    sink.row(&Labels::new(labels_of(range), ev.delayed()).without_name(), &mut row)
}

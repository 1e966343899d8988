//! Subqueries: an expression asked again and again gives the samples of a range.

use std::sync::Arc;

use evenkeel_metric::{Column, Histogram, ResetHint};
use evenkeel_promql::{Expr, ExprKind};

use super::{Cut, Visit};
use crate::EvalFault;
use crate::evaluator::{Evaluator, Hints};
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::{Row, is_absent};
use crate::sink::Done;

/// Visits each series of a subquery.
pub(super) fn columns(ev: &Evaluator<'_>, subquery: &Expr, grid: Grid, visit: &mut Visit<'_>) -> Done {
    let ExprKind::Subquery { expr, window, step, timing } = &subquery.kind else { return Ok(()) };
    let cut = Cut {
        grid,
        moment: ev.moment(timing)?,
        length: ev.length(window)?,
        extension: None,
        lookback: ev.query.limits.lookback.0,
    };
    let step = match step {
        Some(step) => ev.length(step)?,
        None => ev.query.limits.subquery_step.0.max(1),
    };
    let (after, until) = cut.span();
    let Some(inner) = aligned(after, until, step) else { return Ok(()) };
    if inner.count > ev.query.limits.samples_max {
        return Err(EvalFault::TooManySamples);
    }
    let mut column = Column::default();
    let mut sink = |labels: &Labels, row: &mut Row| {
        column.clear();
        fill(&mut column, row, inner);
        if column.is_empty() { Ok(()) } else { visit(labels, &mut column, &cut) }
    };
    ev.with_hints(Hints::KeptBelow, || ev.stream(expr, inner, &mut sink))
}

/// The multiples of the step that are later than `after` and not later than `until`.
fn aligned(after: i64, until: i64, step: i64) -> Option<Grid> {
    let first = after.div_euclid(step).checked_add(1)?.checked_mul(step)?;
    Grid::spanning(first, until, step)
}

fn fill(column: &mut Column, row: &Row, grid: Grid) {
    for (value, at) in row.values.iter().zip(grid.times()) {
        if !is_absent(*value) {
            column.times.push(at);
            column.values.push(*value);
        }
    }
    for (histogram, at) in row.histograms.iter().zip(grid.times()) {
        if let Some(histogram) = histogram {
            column.histograms.push((at, without_hint(histogram)));
        }
    }
}

/// Resets may lie between the samples that are asked for, so what a histogram says of the one before it no longer holds.
fn without_hint(histogram: &Arc<Histogram>) -> Arc<Histogram> {
    match histogram.reset_hint {
        ResetHint::Unknown | ResetHint::Gauge => Arc::clone(histogram),
        ResetHint::Reset | ResetHint::NotReset => {
            Arc::new(Histogram { reset_hint: ResetHint::Unknown, ..(**histogram).clone() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_multiples_and_the_left_end_is_open() {
        assert_eq!(aligned(0, 20, 5), Some(Grid { start: 5, step: 5, count: 4 }));
        assert_eq!(aligned(-7, 0, 5), Some(Grid { start: -5, step: 5, count: 2 }));
        assert_eq!(aligned(1, 3, 5), None);
    }
}

//! Calls of functions that give an instant vector.

mod dates;
mod histograms;
mod info;
mod math;
mod relabel;
mod sort;

use evenkeel_labels::LabelSet;
use evenkeel_promql::{Call, Expr, ExprKind};

use crate::collect::unique;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::Row;
use crate::selector::{self, Give};
use crate::sink::{Done, Sink};
use crate::timing::in_seconds;
use crate::window::RangeFunction;
use crate::{EvalFault, absent, range, shape};

/// Streams what a function gives.
pub(crate) fn stream(ev: &Evaluator<'_>, call: &Call, expr: &Expr, grid: Grid, sink: &mut dyn Sink) -> Done {
    let name = &*call.name.value;
    match name {
        "absent" => return absent::stream(ev, call, grid, sink),
        "absent_over_time" => return range::stream_absent(ev, call, grid, sink),
        "vector" => return vector(ev, call, grid, sink),
        "timestamp" => return timestamp(ev, call, grid, sink),
        "label_replace" => return relabel::replace(ev, call, grid, sink),
        "label_join" => return relabel::join(ev, call, grid, sink),
        "sort" | "sort_desc" | "sort_by_label" | "sort_by_label_desc" => return sort::stream(ev, call, grid, sink),
        "info" => return info::stream(ev, call, grid, sink),
        _ => {}
    }
    if let Some(function) = RangeFunction::named(name) {
        range::stream(ev, call, function, grid, sink)
    } else if let Some(change) = math::Change::of(ev, call, grid)? {
        let Some(arg) = call.args.first() else { return Ok(()) };
        each(ev, arg, grid, sink, &mut |row| change.apply(row))
    } else if let Some(part) = dates::Part::named(name) {
        dates::stream(ev, part, call, grid, sink)
    } else if name.starts_with("histogram_") {
        histograms::stream(ev, call, grid, sink)
    } else {
        let message = format!("unknown function with name \"{name}\"");
        Err(EvalFault::Invalid { message, range: expr.range.clone() })
    }
}

/// Changes each row in place; the metric's name goes.
pub(super) fn each(
    ev: &Evaluator<'_>,
    arg: &Expr,
    grid: Grid,
    sink: &mut dyn Sink,
    change: &mut dyn FnMut(&mut Row),
) -> Done {
    unique(ev, shape::differs_without_name(arg), false, sink, &mut |sink| {
        ev.stream(arg, grid, &mut |labels: &Labels, row: &mut Row| {
            change(row);
            sink.row(&labels.without_name(), row)
        })
    })
}

fn vector(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(arg) = call.args.first() else { return Ok(()) };
    let values = ev.scalar(arg, grid)?.values(grid.count).collect();
    let mut row = Row { values, histograms: Vec::new() };
    sink.row(&Labels::new(LabelSet::default(), ev.delayed()), &mut row)
}

fn timestamp(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(arg) = call.args.first().map(Expr::bare) else { return Ok(()) };
    if let ExprKind::Selector(selector) = &arg.kind {
        return unique(ev, shape::differs_without_name(arg), false, sink, &mut |sink| {
            selector::stream(ev, selector, grid, Give::Times, &mut |labels: &Labels, row: &mut Row| {
                sink.row(&labels.without_name(), row)
            })
        });
    }
    each(ev, arg, grid, sink, &mut |row| {
        for (index, at) in grid.times().enumerate() {
            if row.is_present(index) {
                row.set(index, in_seconds(at));
            }
        }
    })
}

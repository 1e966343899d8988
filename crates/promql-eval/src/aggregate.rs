//! Aggregations: rows flow into the accumulators of their group, which hold one value for each instant.

mod count_values;
mod extremes;
mod groups;
mod pick;
mod quantile;
mod spread;
mod sums;

use evenkeel_promql::{Aggregate, AggregateOp, Expr};

use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::notes::Note;
use crate::row::Row;
use crate::sink::{Done, Sink};
use crate::split;
use groups::Groups;

/// Gathers the rows of one group.
pub(crate) trait Accumulator: Send {
    /// Takes a row.
    fn add(&mut self, cx: &Context<'_, '_>, labels: &Labels, row: &Row);
    /// Takes over what another has of the same group.
    fn join(&mut self, other: Self);
    /// The group's values.
    fn finish(self, cx: &Context<'_, '_>, into: &mut Row);
}

/// What accumulators know besides their rows.
pub(crate) struct Context<'c, 'q> {
    ev: &'c Evaluator<'q>,
    aggregate: &'c Aggregate,
}

impl Context<'_, '_> {
    /// Remarks on what is aggregated.
    fn remark(&self, labels: Option<&Labels>, note: Note) {
        self.ev.remark(&self.aggregate.expr, labels, note);
    }

    /// Remarks that histograms were left out.
    fn remark_ignored(&self, row: &Row) {
        if row.histograms.iter().any(Option::is_some) {
            self.remark(None, Note::HistogramIgnored(self.aggregate.op.value.as_str()));
        }
    }
}

/// Streams one row for each group, or those rows that are picked.
pub(crate) fn stream(ev: &Evaluator<'_>, aggregate: &Aggregate, expr: &Expr, grid: Grid, sink: &mut dyn Sink) -> Done {
    let cx = Context { ev, aggregate };
    let count = grid.count;
    match aggregate.op.value {
        AggregateOp::Sum => fold(&cx, grid, sink, || sums::Sum::new(count)),
        AggregateOp::Avg => fold(&cx, grid, sink, || sums::Average::new(count)),
        AggregateOp::Count => fold(&cx, grid, sink, || extremes::Count::new(count)),
        AggregateOp::Group => fold(&cx, grid, sink, || extremes::Group(extremes::Count::new(count))),
        AggregateOp::Min => fold(&cx, grid, sink, || extremes::Extreme::least(count)),
        AggregateOp::Max => fold(&cx, grid, sink, || extremes::Extreme::most(count)),
        AggregateOp::Stddev => fold(&cx, grid, sink, || spread::Spread::deviation(count)),
        AggregateOp::Stdvar => fold(&cx, grid, sink, || spread::Spread::variance(count)),
        AggregateOp::Quantile => quantile::stream(&cx, grid, sink),
        AggregateOp::CountValues => count_values::stream(&cx, grid, sink),
        AggregateOp::Topk | AggregateOp::Bottomk | AggregateOp::Limitk | AggregateOp::LimitRatio => {
            pick::stream(&cx, expr, grid, sink)
        }
    }
}

fn fold<A: Accumulator>(cx: &Context<'_, '_>, grid: Grid, sink: &mut dyn Sink, start: impl Fn() -> A + Sync) -> Done {
    let aggregate = cx.aggregate;
    let held = cx.ev.held();
    let parts = split::parts(
        cx.ev,
        &aggregate.expr,
        grid,
        &|| Groups::of(aggregate),
        &|ev: &Evaluator<'_>, groups: &mut Groups<A>, labels: &Labels, row: &mut Row| {
            let known = groups.len();
            groups.state(labels, &start).add(&Context { ev, aggregate }, labels, row);
            if groups.len() > known { ev.hold(grid.count) } else { Ok(()) }
        },
    )?;
    let mut parts = parts.into_iter();
    let Some(mut groups) = parts.next() else { return Ok(()) };
    parts.for_each(|part| groups.join(part));
    cx.ev.release(cx.ev.held().saturating_sub(held));
    groups.finish(|labels, state| {
        let mut row = Row::absent(grid.count);
        state.finish(cx, &mut row);
        if row.is_empty() { Ok(()) } else { sink.row(&labels, &mut row) }
    })
}

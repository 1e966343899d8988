//! `quantile`.

use super::Context;
use super::groups::Groups;
use crate::grid::Grid;
use crate::notes::Note;
use crate::quantile::quantile as quantile_of;
use crate::row::{Row, is_absent};
use crate::sink::{Done, Sink};
use crate::split;

/// Streams the quantile of each group's numbers.
pub(super) fn stream(cx: &Context<'_, '_>, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(parameter) = &cx.aggregate.parameter else { return Ok(()) };
    let quantile = cx.ev.scalar(parameter.bare(), grid)?;
    for value in quantile.values(grid.count) {
        if !(0.0..=1.0).contains(&value) {
            cx.ev.remark(parameter.bare(), None, Note::InvalidQuantile(value));
        }
    }
    let mut groups: Groups<Vec<usize>> = Groups::of(cx.aggregate);
    let aggregate = cx.aggregate;
    let kept = split::rows(cx.ev, &aggregate.expr, grid, &|ev, row| {
        Context { ev, aggregate }.remark_ignored(row);
        row.clear_histograms();
    })?;
    for (place, (labels, _)) in kept.rows.iter().enumerate() {
        groups.state(labels, Vec::new).push(place);
    }
    let mut values = Vec::new();
    groups.finish(|labels, members| {
        let mut row = Row::absent(grid.count);
        for (index, slot) in row.values.iter_mut().enumerate() {
            values.clear();
            let rows = members.iter().filter_map(|member| kept.rows.get(*member));
            values.extend(rows.filter_map(|(_, row)| row.values.get(index)).filter(|value| !is_absent(**value)));
            if !values.is_empty() {
                *slot = quantile_of(quantile.at(index), &mut values);
            }
        }
        if row.is_empty() { Ok(()) } else { sink.row(&labels, &mut row) }
    })
}

//! Aggregations that pick rows and leave them as they are: `topk`, `bottomk`, `limitk`, `limit_ratio`.

use std::cmp::Ordering;

use evenkeel_promql::{AggregateOp, Expr};

use super::Context;
use super::groups::Groups;
use crate::EvalFault;
use crate::go_text::float_g;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::notes::Note;
use crate::row::{Cell, Mask, Row};
use crate::scalar::Scalar;
use crate::sink::{Done, Sink};
use crate::split;
use crate::spread::spread;

/// Streams the rows that are picked: of an instant query those of a group together, in the order of their values.
pub(super) fn stream(cx: &Context<'_, '_>, expr: &Expr, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(parameter) = &cx.aggregate.parameter else { return Ok(()) };
    let number = cx.ev.scalar(parameter.bare(), grid)?;
    let op = cx.aggregate.op.value;
    if !check(cx, parameter.bare(), &number, grid)? {
        return Ok(());
    }
    let mut groups: Groups<Vec<usize>> = Groups::of(cx.aggregate);
    let mut kept = split::rows(cx.ev, &cx.aggregate.expr, grid, &|ev, row| {
        if matches!(op, AggregateOp::Topk | AggregateOp::Bottomk) && row.has_histograms() {
            if row.histograms.iter().any(Option::is_some) {
                ev.remark(expr, None, Note::HistogramIgnored(op.as_str()));
            }
            row.clear_histograms();
        }
    })?;
    let rows = &mut kept.rows;
    for (place, (labels, _)) in rows.iter().enumerate() {
        groups.state(labels, Vec::new).push(place);
    }
    let mut masks: Vec<Option<Mask>> = vec![None; rows.len()];
    let mut order = Vec::new();
    groups.finish(|_, members| {
        for index in 0..grid.count {
            let picked = pick(op, number.at(index), &members, rows, index);
            for member in &picked {
                if let Some(mask) = masks.get_mut(*member) {
                    if mask.is_none() {
                        order.push(*member);
                    }
                    mask.get_or_insert_with(|| Mask::none(grid.count)).set(index);
                }
            }
        }
        Ok(())
    })?;
    for member in order {
        let (Some((labels, row)), Some(Some(mask))) = (rows.get_mut(member), masks.get(member)) else { continue };
        for index in 0..grid.count {
            if !mask.has(index) {
                row.clear(index);
            }
        }
        sink.row(labels, row)?;
    }
    Ok(())
}

/// Whether anything can be picked at all.
fn check(cx: &Context<'_, '_>, parameter: &Expr, number: &Scalar, grid: Grid) -> Result<bool, EvalFault> {
    let (mut least, mut most, mut nan) = (f64::INFINITY, f64::NEG_INFINITY, false);
    for value in number.values(grid.count) {
        nan |= value.is_nan();
        least = least.min(value);
        most = most.max(value);
    }
    let fault = |message: String| Err(EvalFault::Execution(message));
    // The numbers that 64 bits hold.
    let (int_least, int_most) = (-9_223_372_036_854_775_808.0, 9_223_372_036_854_775_808.0);
    if cx.aggregate.op.value == AggregateOp::LimitRatio {
        if nan {
            return fault("Ratio value is NaN".to_owned());
        }
        if most > 1.0 {
            cx.ev.remark(parameter, None, Note::InvalidRatio(most, 1.0));
        }
        if least < -1.0 {
            cx.ev.remark(parameter, None, Note::InvalidRatio(least, -1.0));
        }
        return Ok(least != 0.0 || most != 0.0);
    }
    if nan {
        return fault("Parameter value is NaN".to_owned());
    }
    if most < 1.0 {
        return Ok(false);
    }
    if least <= int_least {
        return fault(format!("Scalar value {} underflows int64", float_g(least)));
    }
    if most >= int_most {
        return fault(format!("Scalar value {} overflows int64", float_g(most)));
    }
    Ok(true)
}

/// The rows that are picked at an instant, in their order.
fn pick(op: AggregateOp, number: f64, members: &[usize], rows: &[(Labels, Row)], index: usize) -> Vec<usize> {
    let present = members.iter().copied().filter_map(|member| {
        let (labels, row) = rows.get(member)?;
        row.cell(index).map(|cell| (member, labels, cell))
    });
    if op == AggregateOp::LimitRatio {
        let ratio = number.clamp(-1.0, 1.0);
        let chosen = present.filter(|(_, labels, _)| {
            let place = spread(&labels.seen());
            if ratio >= 0.0 { place < ratio } else { place >= 1.0 + ratio }
        });
        return chosen.map(|(member, _, _)| member).collect();
    }
    if number < 1.0 {
        return Vec::new();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie within 64 bits")]
    let most = number as usize;
    if op == AggregateOp::Limitk {
        return present.take(most).map(|(member, _, _)| member).collect();
    }
    let mut values: Vec<(f64, usize)> = present
        .filter_map(|(member, _, cell)| match cell {
            Cell::Number(value) => Some((value, member)),
            Cell::Histogram(_) => None,
        })
        .collect();
    let by_rank = |a: &(f64, usize), b: &(f64, usize)| ranked(op, a.0, b.0).then(a.1.cmp(&b.1));
    if most < values.len() {
        values.select_nth_unstable_by(most, by_rank);
        values.truncate(most);
    }
    values.sort_unstable_by(by_rank);
    values.into_iter().map(|(_, member)| member).collect()
}

/// Which of two numbers comes first; NaN comes last.
fn ranked(op: AggregateOp, a: f64, b: f64) -> Ordering {
    let by_value = a.partial_cmp(&b).unwrap_or(Ordering::Equal);
    let by_value = if op == AggregateOp::Topk { by_value.reverse() } else { by_value };
    a.is_nan().cmp(&b.is_nan()).then(by_value)
}

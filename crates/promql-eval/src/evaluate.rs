//! The way from a question to its answer.

use evenkeel_labels::LabelSet;
use evenkeel_metric::{Column, Querier, Sample};
use evenkeel_promql::{Expr, ExprKind, ValueType, check_types, experimental};
use evenkeel_time::Timestamp;

use crate::collect::{same_labels, shown};
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::range::for_each_column;
use crate::row::{Cell, Row};
use crate::{Alone, Answer, EvalFault, Point, Query, Series, Value, VectorPoint, Workers, shape, split};

/// Evaluates an expression over what a store has.
///
/// # Errors
/// [`EvalFault`]: the expression cannot be evaluated, costs too much, or the store does not answer.
pub fn evaluate(query: &Query<'_>, source: &dyn Querier) -> Result<Answer, EvalFault> {
    evaluate_with(query, source, &Alone)
}

/// The same with others who work on parts of it. The answer is the same but for the last digits of sums.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_with(query: &Query<'_>, source: &dyn Querier, workers: &dyn Workers) -> Result<Answer, EvalFault> {
    let grid = grid_of(query)?;
    check(query)?;
    let ev = Evaluator::new(*query, source, workers);
    let value = match grid {
        Some(grid) => value(&ev, query.expr, grid)?,
        None => Value::Matrix(Vec::new()),
    };
    let (samples_read, samples_peak) = ev.costs();
    let (warnings, infos) = ev.into_notes().into_texts();
    Ok(Answer { value, warnings, infos, samples_read, samples_peak })
}

/// The instants of a question; `None`: it has none, since it ends before it begins.
fn grid_of(query: &Query<'_>) -> Result<Option<Grid>, EvalFault> {
    if query.step.0 <= 0 {
        return Ok(Some(Grid::instant(query.from.0)));
    }
    let grid = Grid::spanning(query.from.0, query.until.0, query.step.0);
    let most = query.limits.points_max;
    match grid {
        Some(grid) if grid.count.saturating_sub(1) > most => Err(EvalFault::TooManySteps(most)),
        grid => Ok(grid),
    }
}

fn check(query: &Query<'_>) -> Result<(), EvalFault> {
    if let Some(fault) = check_types(query.expr).into_iter().next() {
        return Err(EvalFault::Invalid { message: fault.message, range: fault.range });
    }
    if !query.limits.experimental
        && let Some(found) = experimental(query.expr).into_iter().next()
    {
        let message = format!("{} is experimental and not enabled ({})", found.what, found.feature);
        return Err(EvalFault::Invalid { message, range: found.range });
    }
    let given = shape::value_type(query.expr);
    if query.step.0 > 0 && matches!(given, ValueType::Range | ValueType::Text) {
        let named = if given == ValueType::Range { "range vector" } else { "string" };
        let message = format!("invalid expression type \"{named}\" for range query, must be Scalar or instant Vector");
        return Err(EvalFault::Invalid { message, range: query.expr.range.clone() });
    }
    Ok(())
}

fn value(ev: &Evaluator<'_>, expr: &Expr, grid: Grid) -> Result<Value, EvalFault> {
    let is_range = ev.query.step.0 > 0;
    match shape::value_type(expr) {
        ValueType::Text => match &expr.bare().kind {
            ExprKind::Text(text) => Ok(Value::Text(text.clone())),
            _ => Ok(Value::Text(String::new())),
        },
        ValueType::Scalar => {
            let scalar = ev.scalar(expr, grid)?;
            let values = grid.times().zip(scalar.values(grid.count));
            if !is_range {
                return Ok(Value::Scalar(values.collect()));
            }
            let mut column = Column::default();
            values.for_each(|(at, value)| column.push(Sample { at: Timestamp(at), value }));
            Ok(Value::Matrix(vec![Series { labels: LabelSet::default(), column }]))
        }
        ValueType::Range => ranges(ev, expr.bare(), grid),
        ValueType::Vector => {
            let mut kept = split::rows(ev, expr, grid, &|_, _| {})?;
            let rows = shown(std::mem::take(&mut kept.rows));
            if is_range { matrix(rows, grid) } else { vector(rows, grid, shape::is_ordered(expr)) }
        }
    }
}

/// The samples of a range vector, as they are.
fn ranges(ev: &Evaluator<'_>, expr: &Expr, grid: Grid) -> Result<Value, EvalFault> {
    let mut series = Vec::new();
    for_each_column(ev, expr, grid, &mut |labels, column, cut| {
        let column = cut.samples(column)?;
        ev.hold(column.len())?;
        if !column.is_empty() {
            series.push(Series { labels: labels.shown(), column });
        }
        Ok(())
    })?;
    sort_unique(&mut series, |series| &series.labels)?;
    Ok(Value::Matrix(series))
}

fn vector(mut rows: Vec<(LabelSet, Row)>, grid: Grid, ordered: bool) -> Result<Value, EvalFault> {
    if ordered {
        let mut labels: Vec<&LabelSet> = rows.iter().map(|(labels, _)| labels).collect();
        sort_unique(&mut labels, |labels| labels)?;
    } else {
        sort_unique(&mut rows, |(labels, _)| labels)?;
    }
    let at = Timestamp(grid.start);
    let points = rows.into_iter().filter_map(|(labels, row)| {
        let value = match row.cell(0)? {
            Cell::Number(value) => Point::Number(value),
            Cell::Histogram(histogram) => Point::Histogram(histogram.clone()),
        };
        Some(VectorPoint { labels, at, value })
    });
    Ok(Value::Vector(points.collect()))
}

fn matrix(mut rows: Vec<(LabelSet, Row)>, grid: Grid) -> Result<Value, EvalFault> {
    if !rows.is_sorted_by(|(a, _), (b, _)| a <= b) {
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    let mut merged: Vec<(LabelSet, Row)> = Vec::with_capacity(rows.len());
    for (labels, row) in rows {
        match merged.last_mut() {
            Some((known, into)) if *known == labels => {
                if into.merge(row) {
                    return Err(same_labels());
                }
            }
            _ => merged.push((labels, row)),
        }
    }
    let series = merged.into_iter().map(|(labels, row)| Series { labels, column: column_of(row, grid) });
    Ok(Value::Matrix(series.collect()))
}

fn column_of(row: Row, grid: Grid) -> Column {
    let mut column = Column::default();
    let all_present = row.values.iter().all(|value| !crate::row::is_absent(*value));
    if all_present {
        return Column { times: grid.times().collect(), values: row.values, histograms: Vec::new() };
    }
    for (index, at) in grid.times().enumerate() {
        match row.cell(index) {
            Some(Cell::Number(value)) => column.push(Sample { at: Timestamp(at), value }),
            Some(Cell::Histogram(histogram)) => column.histograms.push((at, histogram.clone())),
            None => {}
        }
    }
    column
}

/// Sorts by labels. Mostly that is the order in which they came.
fn sort_unique<T>(items: &mut [T], labels: impl Fn(&T) -> &LabelSet) -> Result<(), EvalFault> {
    if items.is_sorted_by(|a, b| labels(a) < labels(b)) {
        return Ok(());
    }
    items.sort_by(|a, b| labels(a).cmp(labels(b)));
    if items.windows(2).any(|pair| matches!(pair, [a, b] if labels(a) == labels(b))) {
        return Err(same_labels());
    }
    Ok(())
}

#[cfg(test)]
mod tests;

//! Operators: signs, vectors with numbers, vectors with vectors.

mod elements;
mod join;
pub(crate) mod numbers;
mod sets;

use std::sync::Arc;

use evenkeel_promql::{Binary, BinaryOp, Expr, ValueType};

use crate::collect::unique;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::{ABSENT, Cell, Row, is_absent};
use crate::scalar::Scalar;
use crate::shape;
use crate::sink::{Done, Sink};
use elements::{Operand, Operation};

/// Streams an expression with its sign turned.
pub(crate) fn negate(ev: &Evaluator<'_>, expr: &Expr, grid: Grid, sink: &mut dyn Sink) -> Done {
    unique(ev, shape::differs_without_name(expr), false, sink, &mut |sink| {
        ev.stream(expr, grid, &mut |labels: &Labels, row: &mut Row| {
            row.map(|value| -value);
            for histogram in row.histograms.iter_mut().flatten() {
                *histogram = Arc::new(elements::scaled(histogram, -1.0));
            }
            sink.row(&labels.without_name(), row)
        })
    })
}

/// Streams what an operator gives, when one side at least is a vector.
pub(crate) fn stream(ev: &Evaluator<'_>, binary: &Binary, expr: &Expr, grid: Grid, sink: &mut dyn Sink) -> Done {
    let (left, right) = (shape::value_type(&binary.left), shape::value_type(&binary.right));
    match (left, right) {
        (ValueType::Scalar, _) => with_scalar(ev, binary, expr, Side::Right, grid, sink),
        (_, ValueType::Scalar) => with_scalar(ev, binary, expr, Side::Left, grid, sink),
        _ => match binary.op.value {
            BinaryOp::And => sets::meet(ev, binary, true, grid, sink),
            BinaryOp::Unless => sets::meet(ev, binary, false, grid, sink),
            BinaryOp::Or => sets::or(ev, binary, grid, sink),
            _ => join::stream(ev, binary, expr, grid, sink),
        },
    }
}

/// Whether what comes out is another metric than what went in.
pub(crate) const fn makes_another_metric(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div | BinaryOp::Mod | BinaryOp::Pow | BinaryOp::Atan2
    )
}

/// The side that is a vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

fn with_scalar(
    ev: &Evaluator<'_>,
    binary: &Binary,
    expr: &Expr,
    vector_side: Side,
    grid: Grid,
    sink: &mut dyn Sink,
) -> Done {
    let (vector, number) = match vector_side {
        Side::Left => (&binary.left, &binary.right),
        Side::Right => (&binary.right, &binary.left),
    };
    let number = ev.scalar(number, grid)?;
    let op = binary.op.value;
    let drops = makes_another_metric(op) || binary.returns_bool;
    let job = WithScalar { op, returns_bool: binary.returns_bool, vector_side, number };
    unique(ev, !drops || shape::differs_without_name(vector), false, sink, &mut |sink| {
        ev.stream(vector, grid, &mut |labels: &Labels, row: &mut Row| {
            if row.has_histograms() {
                job.mixed(ev, expr, row);
            } else {
                job.numbers(ev, expr, row);
            }
            if drops { sink.row(&labels.without_name(), row) } else { sink.row(labels, row) }
        })
    })
}

struct WithScalar {
    op: BinaryOp,
    returns_bool: bool,
    vector_side: Side,
    number: Scalar,
}

impl WithScalar {
    /// All values of the row are numbers.
    fn numbers(&self, ev: &Evaluator<'_>, expr: &Expr, row: &mut Row) {
        let swapped = self.vector_side == Side::Right;
        if let Some(compute) = numbers::arithmetic(self.op) {
            match (&self.number, self.op) {
                (Scalar::Constant(number), BinaryOp::Mul) => row.map(|value| value * number),
                (Scalar::Constant(number), BinaryOp::Div) if !swapped => row.map(|value| value / number),
                _ => self
                    .each(row, |value, number| if swapped { compute(number, value) } else { compute(value, number) }),
            }
        } else if self.op.is_comparison() {
            let (op, returns_bool) = (self.op, self.returns_bool);
            self.each(row, |value, number| {
                let holds = if swapped { numbers::holds(op, number, value) } else { numbers::holds(op, value, number) };
                match (returns_bool, holds) {
                    (true, holds) => f64::from(holds),
                    (false, true) => value,
                    (false, false) => ABSENT,
                }
            });
        } else {
            self.mixed(ev, expr, row);
        }
    }

    #[inline]
    fn each(&self, row: &mut Row, compute: impl Fn(f64, f64) -> f64) {
        match &self.number {
            Scalar::Constant(number) => row.map(|value| compute(value, *number)),
            Scalar::Each(numbers) => {
                for (value, number) in row.values.iter_mut().zip(numbers) {
                    if !is_absent(*value) {
                        *value = compute(*value, *number);
                    }
                }
            }
        }
    }

    /// Some values may be histograms.
    fn mixed(&self, ev: &Evaluator<'_>, expr: &Expr, row: &mut Row) {
        let operation = Operation { op: self.op, returns_bool: self.returns_bool };
        for index in 0..row.len() {
            let Some(cell) = row.cell(index) else { continue };
            let (value, number) = (Operand::from(cell), Operand::Number(self.number.at(index)));
            let result = ev.with_notes(expr, None, |notes| match self.vector_side {
                Side::Left => operation.apply(&value, &number, notes),
                Side::Right => operation.apply(&number, &value, notes),
            });
            // A comparison that holds leaves the vector's value, on whichever side it stands.
            let keeps = self.op.is_comparison() && !self.returns_bool && self.vector_side == Side::Right;
            match result {
                Some(_) if keeps => {}
                Some(Operand::Number(value)) => row.set(index, value),
                Some(Operand::Histogram(histogram)) => row.set_histogram(index, histogram),
                None => row.clear(index),
            }
        }
    }
}

impl From<Cell<'_>> for Operand {
    fn from(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Number(value) => Self::Number(value),
            Cell::Histogram(histogram) => Self::Histogram(Arc::clone(histogram)),
        }
    }
}

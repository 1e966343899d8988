//! Expressions that give a number, or a text.

use evenkeel_promql::{BinaryOp, Call, Expr, ExprKind};

use crate::EvalFault;
use crate::binary::numbers;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::{Row, is_absent};
use crate::shape;
use crate::timing::in_seconds;

/// A number at each instant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    /// Always the same.
    Constant(f64),
    /// One for each instant.
    Each(Vec<f64>),
}

impl Scalar {
    /// The number at a place.
    #[inline]
    pub(crate) fn at(&self, index: usize) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Each(values) => values.get(index).copied().unwrap_or(f64::NAN),
        }
    }

    /// Its numbers, in order.
    pub(crate) fn values(&self, count: usize) -> impl Iterator<Item = f64> {
        (0..count).map(|index| self.at(index))
    }

    fn map(self, change: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(change(value)),
            Self::Each(values) => Self::Each(values.into_iter().map(change).collect()),
        }
    }

    fn with(self, other: &Self, join: impl Fn(f64, f64) -> f64) -> Self {
        match (self, other) {
            (Self::Constant(a), Self::Constant(b)) => Self::Constant(join(a, *b)),
            (Self::Constant(a), Self::Each(b)) => Self::Each(b.iter().map(|b| join(a, *b)).collect()),
            (Self::Each(a), other) => {
                Self::Each(a.into_iter().enumerate().map(|(index, a)| join(a, other.at(index))).collect())
            }
        }
    }
}

impl Evaluator<'_> {
    /// The value of an expression that gives a number.
    pub(crate) fn scalar(&self, expr: &Expr, grid: Grid) -> Result<Scalar, EvalFault> {
        if grid.count > 1 && shape::is_fixed(expr) {
            return Ok(Scalar::Constant(self.scalar_moving(expr, grid.first())?.at(0)));
        }
        self.scalar_moving(expr, grid)
    }

    fn scalar_moving(&self, expr: &Expr, grid: Grid) -> Result<Scalar, EvalFault> {
        match &expr.kind {
            ExprKind::Number(number) => Ok(Scalar::Constant(number.value)),
            ExprKind::Paren(inner) | ExprKind::Unary { negative: false, expr: inner } => self.scalar(inner, grid),
            ExprKind::Unary { negative: true, expr: inner } => Ok(self.scalar(inner, grid)?.map(|value| -value)),
            ExprKind::Binary(binary) => {
                let (left, right) = (self.scalar(&binary.left, grid)?, self.scalar(&binary.right, grid)?);
                let op: BinaryOp = binary.op.value;
                Ok(left.with(&right, |a, b| numbers::scalar(op, a, b)))
            }
            ExprKind::Call(call) => self.scalar_call(call, expr, grid),
            ExprKind::Text(_)
            | ExprKind::Selector(_)
            | ExprKind::Range { .. }
            | ExprKind::Subquery { .. }
            | ExprKind::Aggregate(_) => Err(no_scalar(expr)),
        }
    }

    fn scalar_call(&self, call: &Call, expr: &Expr, grid: Grid) -> Result<Scalar, EvalFault> {
        match &*call.name.value {
            "time" => Ok(Scalar::Each(grid.times().map(in_seconds).collect())),
            "pi" => Ok(Scalar::Constant(std::f64::consts::PI)),
            "start" => Ok(Scalar::Constant(in_seconds(self.query.from.0))),
            "end" => Ok(Scalar::Constant(in_seconds(self.last()))),
            "range" => Ok(Scalar::Constant(in_seconds(self.last().saturating_sub(self.query.from.0)))),
            "step" => Ok(Scalar::Constant(in_seconds(self.query.step.0))),
            "min_of" => self.fold(call, grid, numbers::go_min),
            "max_of" => self.fold(call, grid, numbers::go_max),
            "scalar" => self.only_value(call, grid),
            _ => Err(no_scalar(expr)),
        }
    }

    fn fold(&self, call: &Call, grid: Grid, join: fn(f64, f64) -> f64) -> Result<Scalar, EvalFault> {
        let mut values = call.args.iter().map(|arg| self.scalar(arg, grid));
        let first = values.next().unwrap_or(Ok(Scalar::Constant(f64::NAN)))?;
        values.try_fold(first, |joined, value| Ok(joined.with(&value?, join)))
    }

    /// The number of a vector that has one only, else NaN.
    fn only_value(&self, call: &Call, grid: Grid) -> Result<Scalar, EvalFault> {
        let Some(arg) = call.args.first() else { return Ok(Scalar::Constant(f64::NAN)) };
        let (mut values, mut found) = (vec![f64::NAN; grid.count], vec![0_u8; grid.count]);
        self.stream(arg, grid, &mut |_: &Labels, row: &mut Row| {
            for ((slot, found), value) in values.iter_mut().zip(&mut found).zip(&row.values) {
                if !is_absent(*value) {
                    *found = found.saturating_add(1);
                    *slot = if *found == 1 { *value } else { f64::NAN };
                }
            }
            Ok(())
        })?;
        Ok(Scalar::Each(values))
    }
}

fn no_scalar(expr: &Expr) -> EvalFault {
    EvalFault::Invalid { message: "a scalar is expected here".to_owned(), range: expr.range.clone() }
}

/// The text that an argument is; empty when it is none.
pub(crate) fn text(expr: Option<&Expr>) -> &str {
    match expr.map(|expr| &expr.bare().kind) {
        Some(ExprKind::Text(text)) => text,
        _ => "",
    }
}

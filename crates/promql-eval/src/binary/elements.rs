//! Operators on two values, each of which may be a number or a histogram.
//!
//! Source: Prometheus `vectorElemBinop`.

use std::sync::Arc;

use evenkeel_metric::{Added, Histogram, Incompatible, ResetHint};
use evenkeel_promql::BinaryOp;

use super::numbers;
use crate::notes::{Note, Notes};

/// One of two values.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    /// A number.
    Number(f64),
    /// A histogram.
    Histogram(Arc<Histogram>),
}

/// An operator as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation {
    /// The operator.
    pub(super) op: BinaryOp,
    /// `bool`
    pub(super) returns_bool: bool,
}

/// What becomes of two values, before `bool` is looked at.
enum Outcome {
    /// A value; whether it is kept.
    Value(Operand, bool),
    /// They do not go together.
    Nothing,
}

impl Operation {
    /// What it gives; `None`: nothing.
    pub(super) fn apply(self, left: &Operand, right: &Operand, notes: &mut Notes) -> Option<Operand> {
        let outcome = match (left, right) {
            (Operand::Number(a), Operand::Number(b)) => self.numbers(*a, *b, notes),
            (Operand::Number(number), Operand::Histogram(histogram)) if self.op == BinaryOp::Mul => {
                kept(scaled(histogram, *number))
            }
            (Operand::Histogram(histogram), Operand::Number(number)) => {
                self.histogram_number(histogram, *number, notes)
            }
            (Operand::Number(_), Operand::Histogram(_)) => self.refuse("float", "histogram", notes),
            (Operand::Histogram(a), Operand::Histogram(b)) => self.histograms(a, b, notes),
        };
        match outcome {
            Outcome::Nothing => None,
            Outcome::Value(_, keep) if self.returns_bool => Some(Operand::Number(f64::from(keep))),
            Outcome::Value(value, keep) => keep.then_some(value),
        }
    }

    fn numbers(self, a: f64, b: f64, notes: &mut Notes) -> Outcome {
        if let Some(compute) = numbers::arithmetic(self.op) {
            Outcome::Value(Operand::Number(compute(a, b)), true)
        } else if self.op.is_comparison() {
            Outcome::Value(Operand::Number(a), numbers::holds(self.op, a, b))
        } else {
            self.refuse("float", "float", notes)
        }
    }

    fn histogram_number(self, histogram: &Histogram, number: f64, notes: &mut Notes) -> Outcome {
        match self.op {
            BinaryOp::Mul => kept(scaled(histogram, number)),
            BinaryOp::Div => {
                let mut parts = histogram.clone();
                parts.div(number);
                parts.compact();
                kept(parts)
            }
            BinaryOp::TrimUpper => kept(histogram.trimmed_above(number)),
            BinaryOp::TrimLower => kept(histogram.trimmed_below(number)),
            _ => self.refuse("histogram", "float", notes),
        }
    }

    fn histograms(self, a: &Arc<Histogram>, b: &Histogram, notes: &mut Notes) -> Outcome {
        match self.op {
            BinaryOp::Add => self.joined(a, |sum| sum.add(b), "addition", notes),
            BinaryOp::Sub => self.joined(
                a,
                |difference| {
                    let added = difference.sub(b);
                    difference.reset_hint = ResetHint::Gauge;
                    added
                },
                "subtraction",
                notes,
            ),
            BinaryOp::Equal => Outcome::Value(Operand::Histogram(Arc::clone(a)), a.is_same(b)),
            BinaryOp::NotEqual => Outcome::Value(Operand::Histogram(Arc::clone(a)), !a.is_same(b)),
            _ => self.refuse("histogram", "histogram", notes),
        }
    }

    fn joined(
        self,
        a: &Histogram,
        join: impl FnOnce(&mut Histogram) -> Result<Added, Incompatible>,
        operation: &'static str,
        notes: &mut Notes,
    ) -> Outcome {
        let mut both = a.clone();
        match join(&mut both) {
            Ok(added) => {
                if added.resets_collide {
                    notes.add(Note::CounterResetCollision(operation));
                }
                if added.bounds_reconciled {
                    notes.add(Note::MismatchedCustomBuckets(operation));
                }
                both.compact();
                kept(both)
            }
            Err(Incompatible) => {
                notes.add(Note::IncompatibleBucketLayout(self.op.as_str()));
                Outcome::Nothing
            }
        }
    }

    fn refuse(self, left: &'static str, right: &'static str, notes: &mut Notes) -> Outcome {
        notes.add(Note::IncompatibleTypes(left, self.op.as_str(), right));
        Outcome::Nothing
    }
}

fn kept(histogram: Histogram) -> Outcome {
    Outcome::Value(Operand::Histogram(Arc::new(histogram)), true)
}

/// A histogram so many times, without empty buckets.
pub(super) fn scaled(histogram: &Histogram, factor: f64) -> Histogram {
    let mut scaled = histogram.clone();
    scaled.mul(factor);
    scaled.compact();
    scaled
}

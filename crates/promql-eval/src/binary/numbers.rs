//! Operators on two numbers.

use evenkeel_promql::BinaryOp;

/// The larger; NaN when either is, unless the other is infinite, as Go has it.
pub(crate) fn go_max(a: f64, b: f64) -> f64 {
    let infinite = a == f64::INFINITY || b == f64::INFINITY;
    if !infinite && (a.is_nan() || b.is_nan()) { f64::NAN } else { a.max(b) }
}

/// The smaller; NaN when either is, unless the other is infinite, as Go has it.
pub(crate) fn go_min(a: f64, b: f64) -> f64 {
    let infinite = a == f64::NEG_INFINITY || b == f64::NEG_INFINITY;
    if !infinite && (a.is_nan() || b.is_nan()) { f64::NAN } else { a.min(b) }
}

/// What an operator gives for two scalars; comparisons give 0 or 1.
pub(crate) fn scalar(op: BinaryOp, a: f64, b: f64) -> f64 {
    arithmetic(op).map_or_else(|| f64::from(holds(op, a, b)), |compute| compute(a, b))
}

/// What an arithmetic operator computes; `None`: it is none.
pub(crate) fn arithmetic(op: BinaryOp) -> Option<fn(f64, f64) -> f64> {
    Some(match op {
        BinaryOp::Add => |a, b| a + b,
        BinaryOp::Sub => |a, b| a - b,
        BinaryOp::Mul => |a, b| a * b,
        BinaryOp::Div => |a, b| a / b,
        BinaryOp::Mod => |a, b| a % b,
        BinaryOp::Pow => f64::powf,
        BinaryOp::Atan2 => f64::atan2,
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::LessOrEqual
        | BinaryOp::Less
        | BinaryOp::GreaterOrEqual
        | BinaryOp::Greater
        | BinaryOp::TrimUpper
        | BinaryOp::TrimLower
        | BinaryOp::And
        | BinaryOp::Unless
        | BinaryOp::Or => return None,
    })
}

/// Whether a comparison holds.
#[inline]
#[expect(clippy::float_cmp, reason = "the operators of the language are exact")]
pub(crate) fn holds(op: BinaryOp, a: f64, b: f64) -> bool {
    match op {
        BinaryOp::Equal => a == b,
        BinaryOp::NotEqual => a != b,
        BinaryOp::LessOrEqual => a <= b,
        BinaryOp::Less => a < b,
        BinaryOp::GreaterOrEqual => a >= b,
        BinaryOp::Greater => a > b,
        BinaryOp::Add
        | BinaryOp::Sub
        | BinaryOp::Mul
        | BinaryOp::Div
        | BinaryOp::Mod
        | BinaryOp::Pow
        | BinaryOp::Atan2
        | BinaryOp::TrimUpper
        | BinaryOp::TrimLower
        | BinaryOp::And
        | BinaryOp::Unless
        | BinaryOp::Or => false,
    }
}

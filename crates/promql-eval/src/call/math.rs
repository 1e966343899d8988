//! Functions of one number: each value becomes another.

use evenkeel_promql::Call;

use crate::EvalFault;
use crate::binary::numbers::{go_max, go_min};
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::row::Row;
use crate::scalar::Scalar;

/// What becomes of a number.
pub(super) enum Change {
    /// A function of it alone.
    Plain(fn(f64) -> f64),
    /// `clamp`: nothing at all when the bounds are the wrong way round.
    Clamp(Scalar, Scalar),
    /// `clamp_min`
    AtLeast(Scalar),
    /// `clamp_max`
    AtMost(Scalar),
    /// `round`
    Round(Scalar),
}

impl Change {
    /// What a function does; `None`: it is not of this kind.
    pub(super) fn of(ev: &Evaluator<'_>, call: &Call, grid: Grid) -> Result<Option<Self>, EvalFault> {
        let number = |index: usize, otherwise: f64| match call.args.get(index) {
            Some(arg) => ev.scalar(arg, grid),
            None => Ok(Scalar::Constant(otherwise)),
        };
        Ok(Some(match &*call.name.value {
            "clamp" => Self::Clamp(number(1, f64::NAN)?, number(2, f64::NAN)?),
            "clamp_min" => Self::AtLeast(number(1, f64::NAN)?),
            "clamp_max" => Self::AtMost(number(1, f64::NAN)?),
            "round" => Self::Round(number(1, 1.0)?),
            name => return Ok(plain(name).map(Self::Plain)),
        }))
    }

    /// Changes a row. Histograms go.
    pub(super) fn apply(&self, row: &mut Row) {
        row.clear_histograms();
        match self {
            Self::Plain(change) => row.map(change),
            Self::Clamp(least, most) => {
                for index in 0..row.len() {
                    if most.at(index) < least.at(index) {
                        row.clear(index);
                    }
                }
                indexed(row, |index, value| go_max(least.at(index), go_min(most.at(index), value)));
            }
            Self::AtLeast(least) => indexed(row, |index, value| go_max(least.at(index), value)),
            Self::AtMost(most) => indexed(row, |index, value| go_min(most.at(index), value)),
            Self::Round(nearest) => indexed(row, |index, value| {
                // By the inverse, so that 0.1 and the like give the nearest number there is.
                let inverse = 1.0 / nearest.at(index);
                (value * inverse + 0.5).floor() / inverse
            }),
        }
    }
}

fn indexed(row: &mut Row, change: impl Fn(usize, f64) -> f64) {
    for (index, value) in row.values.iter_mut().enumerate() {
        if !crate::row::is_absent(*value) {
            *value = change(index, *value);
        }
    }
}

fn plain(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "abs" => f64::abs,
        "ceil" => f64::ceil,
        "floor" => f64::floor,
        "exp" => f64::exp,
        "sqrt" => f64::sqrt,
        "ln" => f64::ln,
        "log2" => f64::log2,
        "log10" => f64::log10,
        "sin" => f64::sin,
        "cos" => f64::cos,
        "tan" => f64::tan,
        "asin" => f64::asin,
        "acos" => f64::acos,
        "atan" => f64::atan,
        "sinh" => f64::sinh,
        "cosh" => f64::cosh,
        "tanh" => f64::tanh,
        "asinh" => f64::asinh,
        "acosh" => f64::acosh,
        "atanh" => f64::atanh,
        "deg" => |value| value * 180.0 / std::f64::consts::PI,
        "rad" => |value| value * std::f64::consts::PI / 180.0,
        "sgn" => |value| {
            if value < 0.0 {
                -1.0
            } else if value > 0.0 {
                1.0
            } else {
                value
            }
        },
        _ => return None,
    })
}

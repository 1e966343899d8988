//! When something is read: offsets, `@`, and lengths of time that are computed.

use evenkeel_promql::{At, Timing, Window, WindowKind, WindowOp};

use crate::EvalFault;
use crate::evaluator::Evaluator;
use crate::grid::Grid;

/// The instant that is looked at from each instant of an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Always the same.
    Fixed(i64),
    /// So many milliseconds before.
    Moving(i64),
}

impl Moment {
    /// The instant that is looked at from `at`.
    #[inline]
    pub(crate) const fn seen_from(self, at: i64) -> i64 {
        match self {
            Self::Fixed(instant) => instant,
            Self::Moving(back) => at.saturating_sub(back),
        }
    }

    /// The instants looked at: a grid of them, of one when it is fixed.
    pub(crate) const fn grid(self, grid: Grid) -> Grid {
        match self {
            Self::Fixed(instant) => Grid::instant(instant),
            Self::Moving(back) => Grid { start: grid.start.saturating_sub(back), ..grid },
        }
    }
}

impl Evaluator<'_> {
    /// What `offset` and `@` say.
    pub(crate) fn moment(&self, timing: &Timing) -> Result<Moment, EvalFault> {
        let offset = match &timing.offset {
            Some(offset) => milliseconds(self.seconds(offset)?),
            None => 0,
        };
        Ok(match timing.at {
            None => Moment::Moving(offset),
            Some(At::Start) => Moment::Fixed(self.query.from.0.saturating_sub(offset)),
            Some(At::End) => Moment::Fixed(self.last().saturating_sub(offset)),
            Some(At::Seconds(seconds)) => Moment::Fixed(milliseconds(seconds.value).saturating_sub(offset)),
        })
    }

    /// The last instant of the question.
    pub(crate) fn last(&self) -> i64 {
        if self.query.step.0 > 0 { self.query.until.0 } else { self.query.from.0 }
    }

    /// The length of a range or of a step. Units: milliseconds, at least 1.
    pub(crate) fn length(&self, window: &Window) -> Result<i64, EvalFault> {
        let seconds = self.seconds(window)?;
        let length = milliseconds(seconds);
        if length <= 0 || seconds.is_nan() {
            let message = "duration must be greater than 0".to_owned();
            return Err(EvalFault::Invalid { message, range: window.range.clone() });
        }
        Ok(length)
    }

    /// A length of time. Units: seconds.
    fn seconds(&self, window: &Window) -> Result<f64, EvalFault> {
        Ok(match &window.value {
            WindowKind::Literal(number) => number.value,
            WindowKind::Step => in_seconds(self.query.step.0.max(0)),
            WindowKind::Range => in_seconds(self.last().saturating_sub(self.query.from.0)),
            WindowKind::MinOf(a, b) => self.seconds(a)?.min(self.seconds(b)?),
            WindowKind::MaxOf(a, b) => self.seconds(a)?.max(self.seconds(b)?),
            WindowKind::Signed(true, inner) => -self.seconds(inner)?,
            WindowKind::Signed(false, inner) | WindowKind::Paren(inner) => self.seconds(inner)?,
            WindowKind::Arithmetic(op, a, b) => {
                let (a, b) = (self.seconds(a)?, self.seconds(b)?);
                let by_zero = |what: &str| EvalFault::Invalid { message: what.to_owned(), range: window.range.clone() };
                match op {
                    WindowOp::Add => a + b,
                    WindowOp::Sub => a - b,
                    WindowOp::Mul => a * b,
                    WindowOp::Div if b == 0.0 => return Err(by_zero("division by zero")),
                    WindowOp::Mod if b == 0.0 => return Err(by_zero("modulo by zero")),
                    WindowOp::Div => a / b,
                    WindowOp::Mod => a % b,
                    WindowOp::Pow => a.powf(b),
                }
            }
        })
    }
}

/// Seconds as milliseconds, as far as they can be told.
pub(crate) fn milliseconds(seconds: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "saturates")]
    let ms = (seconds * 1000.0).round() as i64;
    ms
}

/// Milliseconds as seconds.
#[expect(clippy::cast_precision_loss, reason = "Prometheus has instants and lengths as floating-point numbers too")]
pub(crate) const fn in_seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

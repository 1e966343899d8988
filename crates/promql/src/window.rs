//! Lengths of time in ranges, subqueries and offsets: `5m`, and (experimental) `5m * 2`, `step()`.

use crate::{Located, Number};

/// A length of time with its place.
pub type Window = Located<WindowKind>;

/// A length of time: a number, or (experimental) arithmetic.
#[derive(Debug, Clone, PartialEq)]
pub enum WindowKind {
    /// `5m`, or `300` for as many seconds; negative in offsets.
    Literal(Number),
    /// `step()`: between two points of a range query.
    Step,
    /// `range()`: from the first to the last point of a range query.
    Range,
    /// `min_of(a, b)`
    MinOf(Box<Window>, Box<Window>),
    /// `max_of(a, b)`
    MaxOf(Box<Window>, Box<Window>),
    /// `+a`, or `-a` when negative.
    Signed(bool, Box<Window>),
    /// `a + b`
    Arithmetic(WindowOp, Box<Window>, Box<Window>),
    /// `(a)`
    Paren(Box<Window>),
}

/// An operator between lengths of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Mod,
    /// `^`
    Pow,
}

impl WindowOp {
    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Mod => "%",
            Self::Pow => "^",
        }
    }
}

impl WindowKind {
    /// The number of seconds, when it is written as one.
    #[must_use]
    pub const fn seconds(&self) -> Option<f64> {
        match self {
            Self::Literal(number) => Some(number.value),
            Self::Step
            | Self::Range
            | Self::MinOf(..)
            | Self::MaxOf(..)
            | Self::Signed(..)
            | Self::Arithmetic(..)
            | Self::Paren(_) => None,
        }
    }
}

//! Whose expression it is, in words.

use std::fmt;

use evenkeel_model::quoted;

/// Who has an expression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject<'a> {
    Alert(&'a str),
    Recording(&'a str),
    Step(&'a str),
    Objective(&'a str),
    Kpi(&'a str),
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alert(name) => write!(f, "the alert {}", quoted(name)),
            Self::Recording(name) => write!(f, "the recording rule {}", quoted(name)),
            Self::Step(name) => write!(f, "the step {}", quoted(name)),
            Self::Objective(name) => write!(f, "the SLO {}", quoted(name)),
            Self::Kpi(name) => write!(f, "the KPI {}", quoted(name)),
        }
    }
}

//! Why there is no answer.

use evenkeel_metric::ReadFault;

/// Why there is no answer. The texts are those that Prometheus's clients know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvalFault {
    /// The expression is none that can be evaluated; what is wrong, and where: bytes of the text.
    #[error("{message}")]
    Invalid {
        /// What is wrong.
        message: String,
        /// Where.
        range: std::ops::Range<usize>,
    },
    /// The question has more steps than are allowed.
    #[error(
        "exceeded maximum resolution of {} points per timeseries. Try decreasing the query resolution (?step=XX)",
        thousands(*.0)
    )]
    TooManySteps(usize),
    /// More samples would be held at once than are allowed.
    #[error("query processing would load too many samples into memory in query execution")]
    TooManySamples,
    /// The caller gave up.
    #[error("query timed out in expression evaluation")]
    Stopped,
    /// The values do not allow it, such as a join of many to many.
    #[error("{0}")]
    Execution(String),
    /// The store does not answer.
    #[error("expanding series: {0}")]
    Read(#[from] ReadFault),
}

/// What clients are told a fault is: the `errorType` of Prometheus's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvalFaultKind {
    /// `bad_data`
    BadData,
    /// `execution`
    Execution,
    /// `timeout`
    Timeout,
}

impl EvalFault {
    /// What clients are told that it is.
    #[must_use]
    pub const fn kind(&self) -> EvalFaultKind {
        match self {
            Self::Invalid { .. } | Self::TooManySteps(_) => EvalFaultKind::BadData,
            Self::Stopped => EvalFaultKind::Timeout,
            Self::TooManySamples | Self::Execution(_) | Self::Read(_) => EvalFaultKind::Execution,
        }
    }
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_of_steps_is_said_as_prometheus_says_it() {
        let said = "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)";
        assert_eq!(EvalFault::TooManySteps(11_000).to_string(), said);
    }
}

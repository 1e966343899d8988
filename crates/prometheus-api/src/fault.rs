//! Why a request has no answer, as clients are told.

use std::fmt;

use evenkeel_metric::ReadFault;

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiFault {
    /// What clients look at.
    pub kind: ErrorType,
    /// What people read.
    pub text: String,
}

/// The values of `errorType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorType {
    /// A parameter that is missing, or not what it should be.
    BadData,
    /// A query that cannot be evaluated.
    Execution,
    /// The caller went away.
    Canceled,
    /// A query that took too long.
    Timeout,
    /// A fault of ours.
    Internal,
    /// Not yet.
    Unavailable,
    /// Something that is not there.
    NotFound,
}

impl ErrorType {
    /// As the API has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadData => "bad_data",
            Self::Execution => "execution",
            Self::Canceled => "canceled",
            Self::Timeout => "timeout",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
            Self::NotFound => "not_found",
        }
    }

    /// The status of the answer.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadData => 400,
            Self::Execution => 422,
            Self::Canceled => 499,
            Self::Timeout | Self::Unavailable => 503,
            Self::Internal => 500,
            Self::NotFound => 404,
        }
    }
}

impl fmt::Display for ApiFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.as_str(), self.text)
    }
}

impl std::error::Error for ApiFault {}

impl ApiFault {
    pub(crate) fn bad(text: impl Into<String>) -> Self {
        Self { kind: ErrorType::BadData, text: text.into() }
    }

    /// A parameter that is not what it should be.
    pub(crate) fn parameter(name: &str, why: impl fmt::Display) -> Self {
        Self::bad(format!("invalid parameter {name:?}: {why}"))
    }
}

impl From<ReadFault> for ApiFault {
    fn from(fault: ReadFault) -> Self {
        Self { kind: ErrorType::Execution, text: fault.to_string() }
    }
}

//! What it costs when a practice is absent, and what that makes of a question.

use std::fmt;
use std::str::FromStr;

/// The risk of a practice that is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Risk {
    /// Outages get longer or more frequent, or nobody notices them.
    High,
    /// Work gets slower or more laborious, or a high risk more likely.
    Medium,
    /// Something is missed that others do better.
    Low,
}

impl Risk {
    /// All, the highest first.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// As it is written in front matter and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

impl fmt::Display for Risk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Risk {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|risk| risk.as_str() == text).ok_or(())
    }
}

/// The risk that the verdicts on a question's practices add up to. The highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuestionRisk {
    /// A practice of high risk is contradicted, stale, or nothing is known of it.
    High,
    /// Some practice is not settled.
    Medium,
    /// Every practice is practised, attested or not applicable.
    None,
}

impl QuestionRisk {
    /// As it is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::None => "none",
        }
    }
}

impl fmt::Display for QuestionRisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

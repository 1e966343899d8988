//! What makes a review fail, for pipelines.

use std::fmt;
use std::str::FromStr;

use evenkeel_diagnostic::did_you_mean;
use evenkeel_lens::{QuestionRisk, Review, Verdict};

/// What makes a review fail. Practices beyond those that count never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// A verdict is contradicted.
    Contradicted,
    /// A verdict is stale.
    Stale,
    /// A verdict is unknown, where something could be known.
    Unknown,
    /// A question is at high risk.
    HighRisk,
}

impl FailOn {
    /// All, with their words.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Contradicted, "contradicted"),
        (Self::Stale, "stale"),
        (Self::Unknown, "unknown"),
        (Self::HighRisk, "high-risk"),
    ];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.into_iter().find(|(known, _)| *known == self).map_or("", |(_, word)| word)
    }

    /// Whether the review has what makes it fail.
    #[must_use]
    pub fn fails(self, review: &Review) -> bool {
        match self {
            Self::Contradicted => has(review, Verdict::Contradicted),
            Self::Stale => has(review, Verdict::Stale),
            Self::Unknown => has(review, Verdict::Unknown),
            Self::HighRisk => review.questions.iter().any(|question| question.risk.risk == QuestionRisk::High),
        }
    }
}

fn has(review: &Review, verdict: Verdict) -> bool {
    let mut counted = review.practices.iter().filter(|practice| !practice.further);
    counted.any(|practice| practice.verdicts.iter().any(|judged| judged.verdict == verdict))
}

/// The text is no such word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchFault {
    nearest: Option<&'static str>,
}

impl fmt::Display for NoSuchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not `contradicted`, `stale`, `unknown` or `high-risk`")?;
        self.nearest.map_or(Ok(()), |nearest| write!(f, "; did you mean `{nearest}`?"))
    }
}

impl std::error::Error for NoSuchFault {}

impl FromStr for FailOn {
    type Err = NoSuchFault;

    fn from_str(text: &str) -> Result<Self, NoSuchFault> {
        let found = Self::ALL.into_iter().find(|(_, word)| *word == text);
        let nearest = || did_you_mean(text, Self::ALL.into_iter().map(|(_, word)| word));
        found.map(|(fault, _)| fault).ok_or_else(|| NoSuchFault { nearest: nearest() })
    }
}

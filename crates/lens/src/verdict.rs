//! What a practice is judged to be.

use std::fmt;
use std::str::FromStr;

/// The verdict on one practice for one subject. In the order in which one goes before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// A named person signed that it does not apply, and that still holds.
    NotApplicable,
    /// The record shows it failing when it was needed, and no re-test has passed since.
    Contradicted,
    /// The record shows it done: often enough, lately, and within its tolerance.
    Practised,
    /// A named person signed that it is done, and that still holds.
    Attested,
    /// It was done, and no longer shows.
    Stale,
    /// The ops repo says so, and no record yet shows it happening.
    Declared,
    /// Nothing says anything.
    Unknown,
    /// Nothing can say anything: neither seen nor told facts reach it so far.
    NoMechanism,
}

impl Verdict {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::NotApplicable,
        Self::Contradicted,
        Self::Practised,
        Self::Attested,
        Self::Stale,
        Self::Declared,
        Self::Unknown,
        Self::NoMechanism,
    ];

    /// As it is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "not applicable",
            Self::Contradicted => "contradicted",
            Self::Practised => "practised",
            Self::Attested => "attested",
            Self::Stale => "stale",
            Self::Declared => "declared",
            Self::Unknown => "unknown",
            Self::NoMechanism => "unknown: no mechanism yet",
        }
    }

    /// Whether nothing is left to do: practised, attested, not applicable.
    #[must_use]
    pub const fn settled(self) -> bool {
        match self {
            Self::NotApplicable | Self::Practised | Self::Attested => true,
            Self::Contradicted | Self::Stale | Self::Declared | Self::Unknown | Self::NoMechanism => false,
        }
    }

    /// How bad it is, the worst first: what makes the verdict on several subjects, and the order of what to do.
    #[must_use]
    pub const fn badness(self) -> u8 {
        match self {
            Self::Contradicted => 0,
            Self::Unknown => 1,
            Self::NoMechanism => 2,
            Self::Stale => 3,
            Self::Declared => 4,
            Self::Attested => 5,
            Self::Practised => 6,
            Self::NotApplicable => 7,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A verdict as it is shown: `practised (reported)` is apart from `practised`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Standing {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it is practised only by what was told to Evenkeel.
    pub reported: bool,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.verdict, if self.reported { " (reported)" } else { "" })
    }
}

impl FromStr for Standing {
    type Err = ();

    /// Reads what is printed, and `no mechanism` for short.
    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "no mechanism" {
            return Ok(Self { verdict: Verdict::NoMechanism, reported: false });
        }
        let shown = |verdict| [false, true].map(|reported| Self { verdict, reported });
        let told = |standing: &Self| !standing.reported || standing.verdict == Verdict::Practised;
        let mut all = Verdict::ALL.into_iter().flat_map(shown).filter(told);
        all.find(|standing| standing.to_string() == text).ok_or(())
    }
}

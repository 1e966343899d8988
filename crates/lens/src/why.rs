//! Why a verdict is what it is, in one sentence.

use std::fmt;
use std::sync::Arc;

use evenkeel_time::Timestamp;

use crate::practice::Tolerance;

/// The reason of a verdict. Prints as one sentence without a full stop; kept as data, since a review holds very many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A person signed that it does not apply.
    NotApplicable {
        /// Who.
        person: Arc<str>,
        /// Until when.
        until: Timestamp,
    },
    /// Counter-facts in the window.
    CounterFacts {
        /// How many.
        count: i64,
        /// Of how many occasions.
        total: i64,
        /// What would still be good.
        tolerance: Tolerance,
        /// What was done right since. `None` when nothing was.
        retest: Option<Retest>,
        /// Whether they lie before the window and were never made good.
        standing: bool,
    },
    /// Occasions in the window that were missed.
    Misses {
        /// How many were done right.
        good: i64,
        /// Of how many.
        total: i64,
        /// What would still be good.
        tolerance: Tolerance,
        /// Whether only those count that Evenkeel saw itself, since what was told beside them would cover them.
        seen: bool,
    },
    /// Done, often enough and lately.
    Practised {
        /// How many were done right.
        good: i64,
        /// Of how many.
        total: i64,
        /// Whether without what was told to Evenkeel it would not be so.
        reported: bool,
    },
    /// A person signed that it is done.
    Attested {
        /// Who.
        person: Arc<str>,
        /// Until when.
        until: Timestamp,
    },
    /// Done once, and no longer.
    Stale {
        /// How many were done right since ever.
        good: i64,
        /// The last of them.
        last_at: Option<Timestamp>,
        /// Occasions in the window, too few.
        seen: Option<TooFew>,
    },
    /// The ops repo says so.
    Declared {
        /// How many things it declares.
        good: i64,
        /// Of how many that should be.
        total: i64,
        /// Occasions in the window, too few or none done right, and how many it takes.
        seen: Option<TooFew>,
    },
    /// There are facts, and not enough of them.
    TooFew(TooFew),
    /// Nothing says anything.
    Nothing,
    /// Nothing can say anything.
    NoMechanism,
}

/// What followed on a counter-fact. Of no occasions at all: some went right, and fewer than it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retest {
    /// How many were done right since.
    pub good: i64,
    /// Of how many.
    pub total: i64,
    /// How many it takes.
    pub needed: i64,
}

/// Occasions that are not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew {
    /// How many were done right.
    pub good: i64,
    /// Of how many.
    pub total: i64,
    /// How many it takes.
    pub sample: u32,
}

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.good == 0 {
            return write!(f, "none of {} in the window was done right", occasions(self.total));
        }
        let Self { good, total, sample } = self;
        write!(f, "{good} of {} in the window, and it takes {sample}", occasions(*total))
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotApplicable { person, until } => {
                write!(f, "{person} signed that it does not apply, until {until}")
            }
            Self::CounterFacts { count, total, tolerance, retest, standing } => {
                write!(f, "it failed {count} of {}", times(*total))?;
                f.write_str(if *standing { " before the window" } else { " in the window" })?;
                write!(f, ", where {tolerance} is tolerated, ")?;
                match retest {
                    Some(Retest { total: 0, needed, .. }) => {
                        write!(f, "and since then fewer than the {needed} that it takes went right")
                    }
                    Some(Retest { good, total, needed }) => {
                        write!(f, "and since then {good} of {} went right, of {needed} that it takes", times(*total))
                    }
                    None => f.write_str("and nothing has gone right since"),
                }
            }
            Self::Misses { good, total, tolerance, seen } => {
                let seen = if *seen { " that Evenkeel saw" } else { "" };
                write!(
                    f,
                    "only {good} of {}{seen} in the window {} done right, where {tolerance} may be missed",
                    occasions(*total),
                    were(*total)
                )
            }
            Self::Practised { good, total, reported } => {
                write!(f, "{good} of {} in the window {} done right", occasions(*total), were(*total))?;
                f.write_str(if *reported { ", by what was told to Evenkeel" } else { "" })
            }
            Self::Attested { person, until } => write!(f, "{person} signed that it is done, until {until}"),
            Self::Stale { good, last_at, seen } => {
                write!(f, "it was done {}", times(*good))?;
                if let Some(last_at) = last_at {
                    write!(f, ", last on {last_at}")?;
                }
                match seen {
                    Some(seen) => write!(f, ", but {seen}"),
                    None => f.write_str(", and nothing fresh shows it"),
                }
            }
            Self::Declared { good, total, seen } => {
                write!(f, "the ops repo declares {good} of {total}, ")?;
                match seen {
                    Some(seen) => write!(f, "but {seen}"),
                    None => f.write_str("and no record shows it happening"),
                }
            }
            Self::TooFew(seen) => seen.fmt(f),
            Self::Nothing => f.write_str("nothing is declared, and no record says anything of it"),
            Self::NoMechanism => f.write_str("nothing that is seen or told so far says anything of it"),
        }
    }
}

const fn were(count: i64) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

fn occasions(count: i64) -> String {
    if count == 1 { "1 occasion".to_owned() } else { format!("{count} occasions") }
}

fn times(count: i64) -> String {
    if count == 1 { "1 time".to_owned() } else { format!("{count} times") }
}

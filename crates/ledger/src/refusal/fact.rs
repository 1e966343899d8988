//! Why a fact is not taken.

use std::fmt;
use std::sync::Arc;

use evenkeel_fact::FactFault;
use evenkeel_model::quoted;
use evenkeel_time::Timestamp;

/// Why a fact is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactRefusal {
    /// It is not as its kind declares it: everything that is wrong.
    Invalid(Vec<FactFault>),
    /// It lies so far ahead that it cannot have happened.
    Ahead {
        /// When it is said to have happened.
        at: Timestamp,
        /// When it was told.
        now: Timestamp,
    },
    /// The plan has no such workload.
    UnknownWorkload {
        /// What was named.
        name: Arc<str>,
        /// What may have been meant.
        near: Option<Arc<str>>,
    },
    /// The plan has no such team.
    UnknownTeam {
        /// Who was named.
        name: Arc<str>,
        /// Who may have been meant.
        near: Option<Arc<str>>,
    },
    /// The plan has no such person.
    UnknownPerson {
        /// Who was named.
        name: Arc<str>,
        /// Who may have been meant.
        near: Option<Arc<str>>,
    },
    /// The source told as many of the kind as are taken in a day.
    TooMany {
        /// Of which kind.
        kind: Arc<str>,
        /// Who told them.
        source: Arc<str>,
        /// How many are taken.
        max: u32,
        /// When there is room again.
        again_at: Timestamp,
    },
}

impl FactRefusal {
    /// Names the fault to programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(faults) => faults.first().map_or("invalid-fact", |fault| fault.code),
            Self::Ahead { .. } => "fact-ahead",
            Self::UnknownWorkload { .. } => "unknown-workload",
            Self::UnknownTeam { .. } => "unknown-team",
            Self::UnknownPerson { .. } => "unknown-person",
            Self::TooMany { .. } => "too-many-facts-of-a-kind",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Box<str> {
        match self {
            Self::Invalid(faults) => faults.first().map_or_else(|| "".into(), |fault| fault.remedy.clone()),
            Self::Ahead { .. } => "set the clock of whoever tells it, or tell it once it has happened".into(),
            Self::UnknownWorkload { near: Some(near), .. }
            | Self::UnknownTeam { near: Some(near), .. }
            | Self::UnknownPerson { near: Some(near), .. } => format!("did you mean `{near}`?").into(),
            Self::UnknownWorkload { near: None, .. } => "name a `kind: Workload` document of the ops repo".into(),
            Self::UnknownTeam { near: None, .. } => "name a `kind: Team` document of the ops repo".into(),
            Self::UnknownPerson { near: None, .. } => "name a `kind: Person` document of the ops repo".into(),
            Self::TooMany { again_at, .. } => format!("tell it again after {again_at}").into(),
        }
    }

    /// What it is about: the name of a field or of a part of the envelope.
    #[must_use]
    pub fn field(&self) -> &str {
        match self {
            Self::Invalid(faults) => faults.first().map_or("", |fault| &fault.field),
            Self::Ahead { .. } => "at",
            Self::UnknownWorkload { .. } => "workload",
            Self::UnknownTeam { .. } => "team",
            Self::UnknownPerson { .. } => "person",
            Self::TooMany { .. } => "kind",
        }
    }
}

impl fmt::Display for FactRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(faults) => match faults.as_slice() {
                [only] => f.write_str(&only.message),
                [first, rest @ ..] => write!(f, "{}, and {} more faults", first.message, rest.len()),
                [] => f.write_str("the fact is not as its kind declares it"),
            },
            Self::Ahead { at, now } => write!(f, "it is said to have happened at {at}, and it is {now} now"),
            Self::UnknownWorkload { name, .. } => write!(f, "no workload named {}", quoted(name)),
            Self::UnknownTeam { name, .. } => write!(f, "no team named {}", quoted(name)),
            Self::UnknownPerson { name, .. } => write!(f, "no person named {}", quoted(name)),
            Self::TooMany { kind, source, max, .. } => {
                write!(
                    f,
                    "{} told {max} facts of kind {} in 24 hours, and no more are taken",
                    quoted(source),
                    quoted(kind)
                )
            }
        }
    }
}

impl std::error::Error for FactRefusal {}

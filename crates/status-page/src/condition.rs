//! How a component is: a word, a shape and a colour, worst last.

use evenkeel_impact::Spell;
use evenkeel_model::Hit;
use evenkeel_severity::Severity;
use serde::{Deserialize, Serialize};

/// How a component is. Worse is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// It works.
    Operational,
    /// It is being worked on, as planned.
    Maintenance,
    /// It works badly, or for some.
    Degraded,
    /// Some of it does not work.
    PartialOutage,
    /// It does not work.
    MajorOutage,
}

impl Condition {
    /// All, best first.
    pub const ALL: [Self; 5] =
        [Self::Operational, Self::Maintenance, Self::Degraded, Self::PartialOutage, Self::MajorOutage];

    /// In JSON, and the name of its shape and class.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::Maintenance => "maintenance",
            Self::Degraded => "degraded",
            Self::PartialOutage => "partial-outage",
            Self::MajorOutage => "major-outage",
        }
    }

    /// For people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Operational => "Operational",
            Self::Maintenance => "Maintenance",
            Self::Degraded => "Degraded",
            Self::PartialOutage => "Partial outage",
            Self::MajorOutage => "Major outage",
        }
    }

    /// What is said of all components together, of which this is the worst.
    #[must_use]
    pub const fn of_all(self) -> &'static str {
        match self {
            Self::Operational => "All systems operational",
            Self::Maintenance => "Planned work is under way",
            Self::Degraded => "Some systems are degraded",
            Self::PartialOutage => "Some systems do not work",
            Self::MajorOutage => "A major outage",
        }
    }

    /// Whether that counts as time in which a component did not work.
    #[must_use]
    pub const fn is_down(self) -> bool {
        match self {
            Self::PartialOutage | Self::MajorOutage => true,
            Self::Operational | Self::Maintenance | Self::Degraded => false,
        }
    }

    /// What a component is while an incident lasts. `whole`: all that it runs on is hit.
    ///
    /// An outage is one however unimportant the workload is, unless a person said how bad it is.
    pub(crate) fn of(spell: &Spell, hit: Hit, whole: bool) -> Self {
        let outage = hit == Hit::Outage && !spell.by_hand;
        match spell.severity {
            Severity::Sev1 if whole => Self::MajorOutage,
            Severity::Sev1 | Severity::Sev2 => Self::PartialOutage,
            Severity::Sev3 | Severity::Sev4 | Severity::Sev5 if outage => Self::PartialOutage,
            Severity::Sev3 | Severity::Sev4 | Severity::Sev5 => Self::Degraded,
        }
    }
}

//! Why something that is told or signed is not taken.

use std::fmt;
use std::sync::Arc;

use evenkeel_ids::{AttestationId, DocumentRef, ImprovementId, MilestoneId, Seq};
use evenkeel_model::quoted;
use evenkeel_time::Timestamp;

mod fact;

pub use fact::FactRefusal;

/// Units: characters.
pub(crate) const REASON_CHARS_MAX: usize = 1000;
/// Units: characters.
pub(crate) const TITLE_CHARS_MAX: usize = 200;

pub(crate) fn too_long(text: &str) -> bool {
    text.chars().nth(REASON_CHARS_MAX).is_some()
}

/// A fact of a report that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRefused {
    /// Its place in the report, from 0 on.
    pub place: usize,
    /// Why.
    pub why: FactRefusal,
}

/// Why something that is told or signed is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerRefusal {
    /// Facts of the report are not as they should be; none was taken. A fact may be here more than once.
    Facts(Vec<FactRefused>),
    /// The report holds more facts than one may.
    TooManyFacts {
        /// How many one may hold.
        max: usize,
    },
    /// The key of a practice is empty, too long, or cannot be shown.
    Practice(Box<str>),
    /// The plan has no such workload or team.
    UnknownSubject {
        /// What was named.
        name: Box<str>,
        /// What may have been meant.
        near: Option<Arc<str>>,
    },
    /// The plan has no such person.
    UnknownPerson {
        /// Who was named.
        name: Arc<str>,
        /// Who may have been meant.
        near: Option<Arc<str>>,
    },
    /// Nothing is said that somebody could stand for.
    NoStatement,
    /// A text is longer than it may be.
    TooLong {
        /// Which.
        what: &'static str,
        /// How many characters it may have.
        max: usize,
    },
    /// It would count no more.
    ExpiresBeforeNow,
    /// It would count for longer than a year.
    ExpiresTooLate {
        /// Until when it may count.
        at_most: Timestamp,
    },
    /// As many attestations count as may.
    TooManyAttestations {
        /// How many may.
        max: usize,
    },
    /// No attestation of that id counts.
    NoSuchAttestation(AttestationId),
    /// The owner is neither a person nor a team.
    OwnerKind(DocumentRef),
    /// The plan has no such owner.
    UnknownOwner {
        /// Who was named.
        owner: DocumentRef,
        /// Who may have been meant.
        near: Option<Arc<str>>,
    },
    /// The title is empty, too long, or not one line.
    Title {
        /// How many characters it may have.
        max: usize,
    },
    /// The lens is not named by its hash.
    Lens,
    /// The practice has an improvement there.
    ImprovementThere {
        /// Which.
        id: ImprovementId,
        /// Whether it is closed, and would open itself again.
        closed: bool,
    },
    /// As many improvements are held as can be.
    TooManyImprovements {
        /// How many can be.
        max: usize,
    },
    /// No improvement of that id is held.
    NoSuchImprovement(ImprovementId),
    /// The name of a milestone is empty, too long, or cannot be shown.
    MilestoneName(Box<str>),
    /// There is a milestone of that name.
    MilestoneThere {
        /// Which.
        id: MilestoneId,
        /// The name.
        name: Box<str>,
    },
    /// A review cannot have seen records that are not there.
    AheadOfRecords {
        /// What it is said to have seen.
        seq: Seq,
        /// The last record there is.
        last: Seq,
    },
    /// There are more verdicts than anybody counts, or they cannot be shown.
    Counts {
        /// How many there may be.
        max: usize,
    },
    /// As many milestones are held as can be.
    TooManyMilestones {
        /// How many can be.
        max: usize,
    },
}

impl LedgerRefusal {
    /// Names the fault to programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Facts(refused) => refused.first().map_or("invalid-fact", |first| first.why.code()),
            Self::TooManyFacts { .. } => "too-many-facts",
            Self::Practice(_) => "invalid-practice",
            Self::UnknownSubject { .. } => "unknown-subject",
            Self::UnknownPerson { .. } => "unknown-person",
            Self::NoStatement => "no-statement",
            Self::TooLong { .. } => "too-long",
            Self::ExpiresBeforeNow => "expires-before-now",
            Self::ExpiresTooLate { .. } => "expires-too-late",
            Self::TooManyAttestations { .. } => "too-many-attestations",
            Self::NoSuchAttestation(_) => "unknown-attestation",
            Self::OwnerKind(_) => "invalid-owner",
            Self::UnknownOwner { .. } => "unknown-owner",
            Self::Title { .. } => "invalid-title",
            Self::Lens => "invalid-lens",
            Self::ImprovementThere { .. } => "improvement-there",
            Self::TooManyImprovements { .. } => "too-many-improvements",
            Self::NoSuchImprovement(_) => "unknown-improvement",
            Self::MilestoneName(_) => "invalid-name",
            Self::MilestoneThere { .. } => "milestone-there",
            Self::AheadOfRecords { .. } => "ahead-of-records",
            Self::Counts { .. } => "invalid-counts",
            Self::TooManyMilestones { .. } => "too-many-milestones",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Box<str> {
        match self {
            Self::Facts(refused) => refused.first().map_or_else(|| "".into(), |first| first.why.help()),
            Self::TooManyFacts { max } => format!("tell {max} at once, and then the next").into(),
            Self::Practice(_) => "name a practice of the lens by its key, such as `oe.operate.escalation-paths`".into(),
            Self::UnknownSubject { near: Some(near), .. }
            | Self::UnknownPerson { near: Some(near), .. }
            | Self::UnknownOwner { near: Some(near), .. } => format!("did you mean `{near}`?").into(),
            Self::UnknownSubject { near: None, .. } => {
                "name a workload or a team of the ops repo, or `organization`".into()
            }
            Self::UnknownPerson { near: None, .. } => "name a `kind: Person` document of the ops repo".into(),
            Self::UnknownOwner { near: None, .. } => "name a person or a team of the ops repo".into(),
            Self::NoStatement => "say what you stand for".into(),
            Self::TooLong { .. } => "say it shorter, and put the rest where all can read it".into(),
            Self::ExpiresBeforeNow => "let it expire in the future".into(),
            Self::ExpiresTooLate { at_most } => format!("let it expire by {at_most}, and sign it again then").into(),
            Self::TooManyAttestations { .. } => "withdraw some that nobody stands for any more".into(),
            Self::NoSuchAttestation(_) => "list those that count; one that has expired or is withdrawn is gone".into(),
            Self::OwnerKind(_) => "name a person or a team, such as `team:payments`".into(),
            Self::Title { max } => format!("say in one line of at most {max} characters what is to be done").into(),
            Self::Lens => "name the lens by its content hash, as the review prints it".into(),
            Self::ImprovementThere { closed: false, .. } => "go on with that one, or drop it first".into(),
            Self::ImprovementThere { closed: true, .. } => {
                "it opens itself again when the practice is not practised; drop it to open another".into()
            }
            Self::TooManyImprovements { .. } => "drop some that nobody pursues".into(),
            Self::NoSuchImprovement(_) => "list those that there are; one that was dropped is gone".into(),
            Self::MilestoneName(_) => "give it a name of at most 200 bytes, in one line".into(),
            Self::MilestoneThere { .. } => "take another name; a milestone stays as it was set".into(),
            Self::AheadOfRecords { .. } => "set it from a review of this journal".into(),
            Self::Counts { max } => format!("count at most {max} verdicts").into(),
            Self::TooManyMilestones { .. } => "compare with one that there is".into(),
        }
    }

    /// When to come again, where waiting helps.
    #[must_use]
    pub fn again_at(&self) -> Option<Timestamp> {
        let Self::Facts(refused) = self else { return None };
        let again = |refused: &FactRefused| {
            if let FactRefusal::TooMany { again_at, .. } = &refused.why { Some(*again_at) } else { None }
        };
        refused.iter().filter_map(again).max()
    }
}

impl fmt::Display for LedgerRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Facts(refused) => match refused.as_slice() {
                [only] => write!(f, "{}", only.why),
                [first, rest @ ..] => write!(f, "{}, and {} more faults", first.why, rest.len()),
                [] => f.write_str("the facts are not as they should be"),
            },
            Self::TooManyFacts { max } => write!(f, "more than {max} facts are told at once"),
            Self::Practice(key) => write!(f, "{} is no key of a practice", quoted(key)),
            Self::UnknownSubject { name, .. } => write!(f, "no workload or team named {}", quoted(name)),
            Self::UnknownPerson { name, .. } => write!(f, "no person named {}", quoted(name)),
            Self::NoStatement => f.write_str("the statement is empty"),
            Self::TooLong { what, max } => write!(f, "the {what} has more than {max} characters"),
            Self::ExpiresBeforeNow => f.write_str("the attestation would have expired already"),
            Self::ExpiresTooLate { .. } => f.write_str("the attestation would count for more than 366 days"),
            Self::TooManyAttestations { max } => write!(f, "{max} attestations count, and no more can"),
            Self::NoSuchAttestation(id) => write!(f, "no {id} counts"),
            Self::OwnerKind(owner) => write!(f, "{} cannot own an improvement", quoted(&owner.to_string())),
            Self::UnknownOwner { owner, .. } => write!(f, "no {} named {}", owner.kind(), quoted(owner.name())),
            Self::Title { .. } => f.write_str("the title is empty, too long, or not one line"),
            Self::Lens => f.write_str("the lens has no hash"),
            Self::ImprovementThere { id, closed: false } => write!(f, "{id} is about the same and open"),
            Self::ImprovementThere { id, closed: true } => write!(f, "{id} is about the same and closed"),
            Self::TooManyImprovements { max } => write!(f, "{max} improvements are held, and no more can be"),
            Self::NoSuchImprovement(id) => write!(f, "there is no {id}"),
            Self::MilestoneName(name) => write!(f, "{} is no name for a milestone", quoted(name)),
            Self::MilestoneThere { id, name } => write!(f, "{id} is named {} already", quoted(name)),
            Self::AheadOfRecords { seq, last } => write!(f, "record {seq} is not there yet; the last is {last}"),
            Self::Counts { .. } => f.write_str("these are no counts of verdicts"),
            Self::TooManyMilestones { max } => write!(f, "{max} milestones are held, and no more can be"),
        }
    }
}

impl std::error::Error for LedgerRefusal {}

#[cfg(test)]
mod tests;

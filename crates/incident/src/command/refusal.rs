//! Why something that a person asks for is not done.

use std::fmt;
use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId, PageId, ProblemId, UpdateId};

use super::Command;
use crate::Phase;

/// A title may be so long. Units: bytes.
const TITLE_MAX: usize = 300;
/// A reason, note or text may be so long. Units: bytes.
pub const TEXT_MAX: usize = 8 << 10;

/// Why something is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandRefusal {
    /// There is no such incident, or it was closed too long ago.
    UnknownIncident(IncidentId),
    /// There is no such problem.
    UnknownProblem(ProblemId),
    /// There is no such update.
    UnknownUpdate(UpdateId),
    /// There is no such page of this person on this incident.
    UnknownPage(PageId),
    /// The plan has no such response plan.
    UnknownResponsePlan(Arc<str>),
    /// The plan has nobody and nothing of that name.
    UnknownTarget(DocumentRef),
    /// The incident is where that makes no sense.
    WrongPhase {
        /// Which.
        incident: IncidentId,
        /// Where it stands.
        phase: Phase,
        /// What was asked for, in the infinitive.
        wanted: &'static str,
    },
    /// It was acted through this link before.
    LinkUsed,
    /// An incident cannot be merged into itself.
    IntoItself(IncidentId),
    /// The update is not one that waits for approval.
    NotWaiting {
        /// Which.
        update: UpdateId,
        /// Where it stands.
        status: &'static str,
    },
    /// Who asks is not among those who may approve it.
    NotAnApprover(UpdateId),
    /// The problem is resolved already.
    ProblemResolved(ProblemId),
    /// A text is empty, or longer than it may be.
    Text {
        /// Which.
        what: &'static str,
        /// How long it may be. Units: bytes.
        max: usize,
    },
}

impl fmt::Display for CommandRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownIncident(id) => write!(f, "there is no {id}, or it was closed too long ago"),
            Self::UnknownProblem(id) => write!(f, "there is no {id}"),
            Self::UnknownUpdate(id) => write!(f, "there is no {id}"),
            Self::UnknownPage(id) => write!(f, "{id} is not a page of this person on this incident"),
            Self::UnknownResponsePlan(name) => write!(f, "the plan has no response plan `{name}`"),
            Self::UnknownTarget(to) => write!(f, "the plan has no `{to}` that can be paged"),
            Self::WrongPhase { incident, phase, wanted } => {
                write!(f, "{incident} is {}, so there is nothing to {wanted}", phase.as_str())
            }
            Self::LinkUsed => f.write_str("this link was used already"),
            Self::IntoItself(id) => write!(f, "{id} cannot be merged into itself"),
            Self::NotWaiting { update, status } => write!(f, "{update} does not wait for approval: it is {status}"),
            Self::NotAnApprover(id) => write!(f, "{id} is for others to approve"),
            Self::ProblemResolved(id) => write!(f, "{id} is resolved already"),
            Self::Text { what, max } => write!(f, "{what} is empty, or longer than {max} bytes"),
        }
    }
}

impl std::error::Error for CommandRefusal {}

impl CommandRefusal {
    /// Whether what it names is not there, rather than in another state.
    #[must_use]
    pub const fn unknown(&self) -> bool {
        matches!(
            self,
            Self::UnknownIncident(_) | Self::UnknownProblem(_) | Self::UnknownUpdate(_) | Self::UnknownPage(_)
        )
    }

    /// Whether what was asked for is malformed, whatever the state.
    #[must_use]
    pub const fn malformed(&self) -> bool {
        matches!(self, Self::UnknownResponsePlan(_) | Self::UnknownTarget(_) | Self::IntoItself(_) | Self::Text { .. })
    }
}

/// Texts are there where they are needed, and bounded.
pub(super) fn check_texts(command: &Command) -> Result<(), CommandRefusal> {
    let needed = |what, text: &str, max: usize| {
        if text.trim().is_empty() || text.len() > max { Err(CommandRefusal::Text { what, max }) } else { Ok(()) }
    };
    let optional = |what, text: &Option<Box<str>>| text.as_ref().map_or(Ok(()), |text| needed(what, text, TEXT_MAX));
    match command {
        Command::Open { title, .. } | Command::OpenProblem { title, .. } => needed("the title", title, TITLE_MAX),
        Command::Escalate { reason, .. } | Command::Resolve { reason, .. } | Command::Assign { reason, .. } => {
            optional("the reason", reason)
        }
        Command::Reopen { reason, .. }
        | Command::Close { reason, .. }
        | Command::Merge { reason, .. }
        | Command::SetSeverity { reason, .. }
        | Command::SetVisibility { reason, .. }
        | Command::WithdrawUpdate { reason, .. }
        | Command::ResolveProblem { reason, .. } => needed("the reason", reason, TEXT_MAX),
        Command::Note { text, .. } => needed("the note", text, TEXT_MAX),
        Command::ApproveUpdate { text, .. } => optional("the text", text),
        Command::Acknowledge(_) | Command::LinkProblem { .. } => Ok(()),
    }
}

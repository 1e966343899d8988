//! What people ask for, and when it is refused.

mod incidents;
mod problems;
mod refusal;
mod updates;

use std::sync::Arc;

use evenkeel_ids::{DocumentRef, IncidentId, PageId, ProblemId, UpdateId};
use evenkeel_record::IncidentRole;
use evenkeel_severity::Severity;

use crate::decision::{Context, Decision};
pub use refusal::{CommandRefusal, TEXT_MAX};

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// To open an incident that no alert shows.
    Open {
        /// The response plan.
        response_plan: Arc<str>,
        /// What it is called.
        title: Box<str>,
    },
    /// To take an incident on, or to hold on to it.
    Acknowledge(IncidentId),
    /// To page the next step now, or somebody in particular.
    Escalate {
        /// Which.
        incident: IncidentId,
        /// A person, team, schedule, receiver, or another policy; `None`: the next step.
        to: Option<DocumentRef>,
        /// Why.
        reason: Option<Box<str>>,
    },
    /// To say that it is over.
    Resolve {
        /// Which.
        incident: IncidentId,
        /// How.
        reason: Option<Box<str>>,
        /// Whether only by a way around.
        workaround: bool,
    },
    /// To say that it is not over.
    Reopen {
        /// Which.
        incident: IncidentId,
        /// Why.
        reason: Box<str>,
    },
    /// To say that nothing more is expected of it.
    Close {
        /// Which.
        incident: IncidentId,
        /// Why.
        reason: Box<str>,
    },
    /// To write something down.
    Note {
        /// Where.
        incident: IncidentId,
        /// What.
        text: Box<str>,
        /// Whether updates may say it.
        for_updates: bool,
    },
    /// To give somebody a role; the role of responder is a hand-over.
    Assign {
        /// In which.
        incident: IncidentId,
        /// Which role.
        role: IncidentRole,
        /// To whom.
        person: Arc<str>,
        /// Why.
        reason: Option<Box<str>>,
    },
    /// To make one incident part of another.
    Merge {
        /// Which ends.
        incident: IncidentId,
        /// Which goes on.
        into: IncidentId,
        /// Why.
        reason: Box<str>,
    },
    /// To say how bad it is.
    SetSeverity {
        /// Which.
        incident: IncidentId,
        /// How bad.
        severity: Severity,
        /// Why.
        reason: Box<str>,
    },
    /// To say whether customers notice.
    SetVisibility {
        /// Which.
        incident: IncidentId,
        /// Whether they do.
        customer_visible: bool,
        /// Why.
        reason: Box<str>,
    },
    /// To let an update go.
    ApproveUpdate {
        /// Which.
        update: UpdateId,
        /// In other words.
        text: Option<Box<str>>,
    },
    /// To hold an update back.
    WithdrawUpdate {
        /// Which.
        update: UpdateId,
        /// Why.
        reason: Box<str>,
    },
    /// To say that incidents have one cause.
    OpenProblem {
        /// What it is called.
        title: Box<str>,
        /// Which.
        incidents: Vec<IncidentId>,
    },
    /// To say that an incident has that cause too.
    LinkProblem {
        /// Which.
        problem: ProblemId,
        /// The incident.
        incident: IncidentId,
    },
    /// To say that a cause is removed.
    ResolveProblem {
        /// Which.
        problem: ProblemId,
        /// How.
        reason: Box<str>,
    },
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct By {
    /// The person, where the caller is one that the ops repo knows.
    pub person: Option<Arc<str>>,
    /// The page through whose link they ask.
    pub page: Option<PageId>,
    /// Whether their role lets them approve what goes to customers without being named as an approver.
    pub may_approve: bool,
}

/// What a command was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An incident.
    Incident(IncidentId),
    /// An update.
    Update(UpdateId),
    /// A problem.
    Problem(ProblemId),
}

/// Decides what a person asks for. Gives what it was about.
///
/// # Errors
/// [`CommandRefusal`] when that cannot be done now; nothing of it is.
pub fn decide_command(
    cx: &Context<'_>,
    by: &By,
    command: &Command,
    decision: &mut Decision,
) -> Result<Subject, CommandRefusal> {
    refusal::check_texts(command)?;
    match command {
        Command::Open { .. }
        | Command::Acknowledge(_)
        | Command::Escalate { .. }
        | Command::Resolve { .. }
        | Command::Reopen { .. }
        | Command::Close { .. }
        | Command::Note { .. }
        | Command::Assign { .. }
        | Command::Merge { .. }
        | Command::SetSeverity { .. }
        | Command::SetVisibility { .. } => incidents::decide(cx, by, command, decision),
        Command::ApproveUpdate { update, text } => updates::approve(cx, by, *update, text.as_deref(), decision),
        Command::WithdrawUpdate { update, reason } => updates::withdraw(cx, by, *update, reason, decision),
        Command::OpenProblem { title, incidents } => problems::open(cx, title, incidents, decision),
        Command::LinkProblem { problem, incident } => problems::link(cx, *problem, *incident, decision),
        Command::ResolveProblem { problem, reason } => problems::resolve(cx, *problem, reason, decision),
    }
}

/// Whether the page through whose link somebody acts is theirs to act on, once.
fn check_page(cx: &Context<'_>, by: &By, about: impl FnOnce(&crate::Page) -> bool) -> Result<(), CommandRefusal> {
    let Some(id) = by.page else { return Ok(()) };
    let page = cx.state.page(id).filter(|page| about(page)).ok_or(CommandRefusal::UnknownPage(id))?;
    // Who has left the ops repo has left it with what is on their phone.
    let theirs = matches!(&page.to, DocumentRef::Person(name)
        if Some(name) == by.person.as_ref() && cx.plan.catalogue.people.contains_key(name));
    if !theirs {
        return Err(CommandRefusal::UnknownPage(id));
    }
    if page.link_used { Err(CommandRefusal::LinkUsed) } else { Ok(()) }
}

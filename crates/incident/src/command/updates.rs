//! Approving what goes to stakeholders and customers, and holding it back.

use evenkeel_ids::{DocumentRef, UpdateId};
use evenkeel_record::{Ask, Body, UpdateApproved, UpdateWithdrawn};

use super::{By, CommandRefusal, Subject, check_page};
use crate::decision::{Context, Decision};
use crate::escalate::paged;
use crate::{Update, UpdateStatus};

pub(super) fn approve(
    cx: &Context<'_>,
    by: &By,
    id: UpdateId,
    text: Option<&str>,
    decision: &mut Decision,
) -> Result<Subject, CommandRefusal> {
    check(cx, by, id)?;
    let text = text.map(Box::from);
    decision.record(Body::UpdateApproved(UpdateApproved { update: id, text, page: by.page }));
    Ok(Subject::Update(id))
}

pub(super) fn withdraw(
    cx: &Context<'_>,
    by: &By,
    id: UpdateId,
    reason: &str,
    decision: &mut Decision,
) -> Result<Subject, CommandRefusal> {
    check(cx, by, id)?;
    decision.record(Body::UpdateWithdrawn(UpdateWithdrawn { update: id, reason: reason.into(), page: by.page }));
    Ok(Subject::Update(id))
}

fn check(cx: &Context<'_>, by: &By, id: UpdateId) -> Result<(), CommandRefusal> {
    let update = cx.state.update(id).ok_or(CommandRefusal::UnknownUpdate(id))?;
    check_page(cx, by, |page| page.ask == Ask::Approve(id))?;
    if !by.may_approve && !among_approvers(cx, by, update) {
        return Err(CommandRefusal::NotAnApprover(id));
    }
    match &update.status {
        UpdateStatus::AwaitingApproval => Ok(()),
        status @ (UpdateStatus::Sent | UpdateStatus::Withdrawn(_)) => {
            Err(CommandRefusal::NotWaiting { update: id, status: status.as_str() })
        }
    }
}

fn among_approvers(cx: &Context<'_>, by: &By, update: &Update) -> bool {
    let Some(person) = &by.person else { return false };
    let asked = by.page.is_some();
    let (people, _) = paged(cx, &update.approvers);
    asked || people.iter().any(|known| matches!(&known.to, DocumentRef::Person(name) if name == person))
}

//! One message to one address: when it goes, when it goes again, and when it is given up.

use std::sync::Arc;

use evenkeel_delivery::{Outcome, Retry, backoff};
use evenkeel_record::{Ask, Body, MessageDelivered, MessageFailed, MessageFailing, MessageIntended, SentId};
use evenkeel_time::{Duration, Timestamp};

use crate::address::{Address, Progress};
use crate::decision::{Context, Decision, Lease};
use crate::group::decide_standing;
use crate::{Bug, Incident, planted};

/// A message that is to be sent now: of what, to where.
pub type ToSend = (SentId, Arc<str>);

fn address<'a>(cx: &Context<'a>, of: SentId, name: &str) -> Option<&'a Address> {
    cx.state.sent(of)?.0.iter().find(|address| address.name.as_ref() == name)
}

/// An address's time has come. What is over by now, or silenced, pages nobody; that goes on record in its place.
pub(crate) fn decide_send(cx: &Context<'_>, of: SentId, place: usize, decision: &mut Decision) {
    let Some((addresses, not_after)) = cx.state.sent(of) else { return };
    let Some(address) = addresses.get(place) else { return };
    if cx.now >= not_after {
        return fail(of, address, "its time was over before it was tried", decision);
    }
    if let Some(incident) = asked_about(cx, of)
        && !decide_standing(cx, incident, decision)
    {
        if decision.records.is_empty() {
            fail(of, address, "nobody is to be paged for its incident now", decision);
        }
        return;
    }
    decision.record(Body::MessageIntended(MessageIntended { of, address: address.name.clone() }));
}

/// The incident that a page asks somebody to act on; none for an approval, which goes on when it is over.
fn asked_about<'a>(cx: &Context<'a>, of: SentId) -> Option<&'a Incident> {
    let SentId::Page(page) = of else { return None };
    let page = cx.state.page(page).filter(|page| !matches!(page.ask, Ask::Approve(_)))?;
    cx.state.incident(page.incident)
}

/// An address is tried again, unless its time is over.
pub(crate) fn decide_retry(cx: &Context<'_>, of: SentId, place: usize, decision: &mut Decision) -> Option<ToSend> {
    let (addresses, not_after) = cx.state.sent(of)?;
    let address = addresses.get(place)?;
    if cx.now >= not_after {
        fail(of, address, &given_up(address), decision);
        return None;
    }
    decision.leases.push(Lease::Tried { of, address: address.name.clone() });
    Some((of, address.name.clone()))
}

/// After a start or a fold nobody will report the outcome of what was under way: it is tried again, unless its time is
/// over. Gives whether it is. A page whose time is over expires as a whole.
pub fn decide_resend(cx: &Context<'_>, of: SentId, name: &str, decision: &mut Decision) -> bool {
    let (Some((_, not_after)), Some(address)) = (cx.state.sent(of), address(cx, of, name)) else { return false };
    if cx.now < not_after {
        decision.leases.push(Lease::Tried { of, address: address.name.clone() });
        return !planted(Bug::ForgetMessagesAfterRestart);
    }
    if let SentId::Update(_) = of {
        fail(of, address, &given_up(address), decision);
    }
    false
}

/// Decides what an attempt's outcome means. One that comes when the message is not needed any more is put on record
/// when it arrived, since somebody has read it.
pub fn decide_outcome(cx: &Context<'_>, of: SentId, name: &str, outcome: &Outcome, decision: &mut Decision) {
    let Some(address) = address(cx, of, name) else { return };
    let attempts = address.attempts.0.max(1);
    match (outcome, &address.progress) {
        (Outcome::Delivered, Progress::Sending(_) | Progress::Dropped) => {
            let address = address.name.clone();
            decision.record(Body::MessageDelivered(MessageDelivered { of, address, attempts }));
        }
        (Outcome::Failed { reason, retry }, Progress::Sending(failing)) => {
            let again = try_again_at(cx, of, *retry, attempts);
            match again.filter(|at| cx.state.not_after(of).is_some_and(|not_after| *at < not_after)) {
                Some(at) => {
                    if failing.as_deref() != Some(reason.as_str()) {
                        let (address, reason) = (address.name.clone(), reason.as_str().into());
                        decision.record(Body::MessageFailing(MessageFailing { of, address, reason }));
                    }
                    if !planted(Bug::ForgetRetries) {
                        decision.leases.push(Lease::RetryAt { of, address: address.name.clone(), at });
                    }
                }
                None => fail(of, address, reason, decision),
            }
        }
        (
            Outcome::Delivered | Outcome::Failed { .. },
            Progress::Waiting | Progress::Delivered { .. } | Progress::Failed { .. } | Progress::Dropped,
        ) => {}
    }
}

/// Puts on record that a message cannot be sent at all.
pub fn decide_unsendable(cx: &Context<'_>, of: SentId, name: &str, reason: &str, decision: &mut Decision) {
    if let Some(address) = address(cx, of, name).filter(|address| address.open()) {
        fail(of, address, reason, decision);
    }
}

fn try_again_at(cx: &Context<'_>, of: SentId, retry: Retry, attempts: u32) -> Option<Timestamp> {
    let number = match of {
        SentId::Page(id) => id.0.0,
        SentId::Update(id) => id.0.0,
    };
    let wait = match retry {
        Retry::No => return None,
        Retry::Yes | Retry::Unsure => Duration::ZERO,
        Retry::After(wait) => wait,
    };
    Some(cx.now + wait.max(backoff(number, attempts)))
}

fn given_up(address: &Address) -> String {
    let Progress::Sending(Some(reason)) = &address.progress else {
        return "no attempt came to an end in time".to_owned();
    };
    format!("given up when its time was over: {reason}")
}

fn fail(of: SentId, address: &Address, reason: &str, decision: &mut Decision) {
    let attempts = address.attempts.0;
    let address = address.name.clone();
    decision.record(Body::MessageFailed(MessageFailed { of, address, attempts, reason: reason.into() }));
}

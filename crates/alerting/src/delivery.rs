//! How a notice went: delivered, tried again, given up.

use evenkeel_delivery::backoff;
use evenkeel_ids::NoticeId;
use evenkeel_record::{Body, NoticeDelivered, NoticeFailed, NoticeFailing};
use evenkeel_time::{Duration, Timestamp};

use crate::decision::{Context, Decision};
use crate::{Bug, LeaseChange, Notice, Outcome, Retry, planted};

/// Decides what an attempt's outcome means. An outcome of a notice that is closed already changes nothing.
pub fn decide_outcome(cx: &Context<'_>, id: NoticeId, outcome: &Outcome, decision: &mut Decision) {
    let Some(notice) = cx.state.notice(id) else { return };
    let attempts = notice.attempts.max(1);
    match outcome {
        Outcome::Delivered => {
            decision.record(Body::NoticeDelivered(NoticeDelivered { notice: id, attempts }));
        }
        Outcome::Failed { reason, retry: Retry::No } => fail(notice, attempts, reason, notice.doubtful, decision),
        Outcome::Failed { reason, retry } => {
            if *retry == Retry::Unsure {
                decision.leases.push(LeaseChange::Doubtful { notice: id });
            }
            let told = if let Retry::After(wait) = retry { *wait } else { Duration::ZERO };
            try_again(cx, notice, reason, cx.now + told.max(backoff(id.0.0, attempts)), decision);
        }
    }
}

/// Puts on record that a notice cannot be sent at all.
pub fn decide_unsendable(cx: &Context<'_>, id: NoticeId, reason: &str, decision: &mut Decision) {
    if let Some(notice) = cx.state.notice(id) {
        fail(notice, notice.attempts, reason, notice.doubtful, decision);
    }
}

/// A notice's time is over. An attempt that is still under way, or whose outcome was lost in a crash, may arrive.
pub(crate) fn decide_expiry(cx: &Context<'_>, id: NoticeId, decision: &mut Decision) {
    let Some(notice) = cx.state.notice(id) else { return };
    let why = notice.failing.as_deref().unwrap_or("no attempt came to an end");
    let perhaps_arrived = notice.doubtful || notice.retry_at.is_none();
    fail(notice, notice.attempts, &format!("gave up at its not-after: {why}"), perhaps_arrived, decision);
}

fn try_again(cx: &Context<'_>, notice: &Notice, reason: &str, at: Timestamp, decision: &mut Decision) {
    if notice.failing.as_deref() != Some(reason) && cx.now < notice.not_after {
        decision.record(Body::NoticeFailing(NoticeFailing { notice: notice.id, reason: reason.into() }));
    }
    if !planted(Bug::NeverRetry) {
        decision.leases.push(LeaseChange::RetryAt { notice: notice.id, at });
    }
}

fn fail(notice: &Notice, attempts: u32, reason: &str, perhaps_arrived: bool, decision: &mut Decision) {
    let body = NoticeFailed { notice: notice.id, attempts, reason: reason.into(), perhaps_arrived };
    decision.record(Body::NoticeFailed(body));
}

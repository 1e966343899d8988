//! How a notice went: delivered, tried again, given up.

use evenkeel_ids::NoticeId;
use evenkeel_record::{Body, NoticeDelivered, NoticeFailed, NoticeFailing};
use evenkeel_time::{Duration, Timestamp};

use crate::decision::{Context, Decision};
use crate::{Bug, LeaseChange, Notice, Outcome, Retry, planted};

/// Waits between attempts: half a second, growing by half, a minute at most. Source: Alertmanager,
/// `notify.RetryStage` (exponential back-off with its library's defaults).
const BACKOFF_FIRST: Duration = Duration::millis(500);
const BACKOFF_MAX: Duration = Duration::minutes(1);

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
            try_again(cx, notice, reason, cx.now + told.max(backoff(id, attempts)), decision);
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

/// Spread by up to a half either way, by the notice's number: chance without a dice, so that 10,000
/// notices to one dead address do not come back in one instant.
fn backoff(id: NoticeId, attempts: u32) -> Duration {
    let grown = (1..attempts.min(32)).fold(BACKOFF_FIRST.0, |wait, _| (wait * 3 / 2).min(BACKOFF_MAX.0));
    let mixed = (id.0.0 ^ (u64::from(attempts) << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
    let spread = i64::try_from(mixed).unwrap_or(0); // 0..1024
    Duration(grown / 2 + grown * spread / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_ids::Seq;

    #[test]
    fn waits_grow_to_a_minute_and_spread() {
        let wait = |attempts| backoff(NoticeId(Seq(7)), attempts).0;
        assert!((250..750).contains(&wait(1)), "{}", wait(1));
        assert!((30_000..90_000).contains(&wait(40)), "{}", wait(40));
        let other = backoff(NoticeId(Seq(8)), 40).0;
        assert_ne!(wait(40), other);
    }
}

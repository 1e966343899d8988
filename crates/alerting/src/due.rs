//! Something is due.

use crate::deadline::Deadline;
use crate::decision::{Context, Decision};
use crate::{LeaseChange, delivery, flush, intake};

/// Decides what a deadline that has come means.
///
/// Gives the notice that is to be tried again, if that is what was due; the caller makes the attempt.
pub fn decide_deadline(
    cx: &Context<'_>,
    deadline: Deadline,
    decision: &mut Decision,
) -> Option<evenkeel_ids::NoticeId> {
    match deadline {
        Deadline::AlertLease(id) => intake::decide_lease(cx, id, decision),
        Deadline::NoticeExpiry(id) => delivery::decide_expiry(cx, id, decision),
        Deadline::GroupFlush(id) => flush::decide_flush(cx, id, decision),
        Deadline::NoticeRetry(id) => {
            decision.leases.push(LeaseChange::Tried { notice: id });
            // Woken up too late, it is past its time and about to be given up.
            return Some(id).filter(|id| cx.state.notice(*id).is_some_and(|notice| cx.now < notice.not_after));
        }
    }
    None
}

//! That an update went to the subscribers of a page.

use evenkeel_record::SubscribersTold;
use evenkeel_time::Duration;

use crate::State;

/// An update that is older than this helps no subscriber any more, and is not told after a long outage.
pub const TELL_WITHIN: Duration = Duration::hours(6);

/// Decides whether it is recorded that an update went to the subscribers of a page; once is enough.
#[must_use]
pub fn decide_told(state: &State, told: &SubscribersTold) -> Option<SubscribersTold> {
    (!state.is_told(told.update, &told.page)).then(|| told.clone())
}

//! The links in what subscribers are sent.

use evenkeel_identity::{Link, LinkError, LinkKey, Purpose, sign, verify};
use evenkeel_ids::SubscriptionId;
use evenkeel_subscription::CONFIRM_WITHIN;
use evenkeel_time::{Duration, Timestamp};

/// Somebody may want to end it years later.
const ENDS_AFTER: Duration = Duration::hours(24 * 366 * 10);

/// Makes and reads them.
#[derive(Debug, Clone)]
pub(super) struct Links {
    key: LinkKey,
    /// With a slash at its end.
    base: String,
}

impl Links {
    pub(super) fn new(key: LinkKey, base: &str) -> Self {
        Self { key, base: base.to_owned() }
    }

    /// The address at which readers reach the page at a place.
    pub(super) fn page(&self, place: &str) -> String {
        format!("{}{place}", self.base)
    }

    /// What shows that whoever reads at the address wants it.
    pub(super) fn confirmation(&self, subscription: SubscriptionId, now: Timestamp) -> String {
        self.sign(Purpose::Confirm { subscription }, now + CONFIRM_WITHIN)
    }

    /// The address that a confirmation is opened at.
    pub(super) fn confirm(&self, subscription: SubscriptionId, now: Timestamp) -> String {
        format!("{}confirm/{}", self.base, self.confirmation(subscription, now))
    }

    /// The address that ends a subscription.
    pub(super) fn unsubscribe(&self, subscription: SubscriptionId, now: Timestamp) -> String {
        let link = self.sign(Purpose::Unsubscribe { subscription }, now + ENDS_AFTER);
        format!("{}unsubscribe/{link}", self.base)
    }

    pub(super) fn read(&self, text: &str, now: Timestamp) -> Result<Purpose, LinkError> {
        verify(&self.key, text, now).map(|link| link.purpose)
    }

    fn sign(&self, purpose: Purpose, expires_at: Timestamp) -> String {
        sign(&self.key, &Link { purpose, expires_at })
    }
}

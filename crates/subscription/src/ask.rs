//! Asking, confirming, ending.

use evenkeel_ids::SubscriptionId;
use evenkeel_model::{Catalogue, Readers};
use evenkeel_record::{
    SubscriptionAsked, SubscriptionChannel, SubscriptionConfirmed, SubscriptionEnd, SubscriptionEnded,
};
use evenkeel_time::{Duration, Timestamp};

use crate::{CONFIRM_WITHIN, MailAddress, State, SubscriptionRefusal, WebAddress};

/// So many are held for one page.
pub const PER_PAGE_MAX: usize = 10_000;
/// So many may wait to be confirmed, over all pages.
pub const UNCONFIRMED_MAX: usize = 1_000;
/// Whoever did not confirm is asked once more at the earliest after this.
pub const ASK_AGAIN_AFTER: Duration = Duration::minutes(10);

/// Decides whether an address is asked to confirm. `Ok(None)`: there is nothing to do, and who asks is told the same.
///
/// # Errors
/// [`SubscriptionRefusal`].
pub fn decide_ask(
    state: &State,
    catalogue: &Catalogue,
    now: Timestamp,
    asked: &SubscriptionAsked,
) -> Result<Option<SubscriptionAsked>, SubscriptionRefusal> {
    let page = catalogue.status_pages.get(&asked.page).filter(|page| page.readers == Readers::Public);
    let page = page.ok_or_else(|| SubscriptionRefusal::NoPage(asked.page.clone()))?;
    let address = match asked.channel {
        SubscriptionChannel::Email if page.mail.is_empty() => return Err(SubscriptionRefusal::NoMail),
        SubscriptionChannel::Email => MailAddress::read(&asked.address).ok_or(SubscriptionRefusal::NotMail)?.kept(),
        SubscriptionChannel::Webhook => WebAddress::read(&asked.address).ok_or(SubscriptionRefusal::NotWeb)?.kept(),
    };
    // Looked at before anything about the address, so that the answer says nothing about it.
    let of_page = state.subscriptions().filter(|known| known.page == page.name).count();
    if of_page >= PER_PAGE_MAX || state.unconfirmed(now) >= UNCONFIRMED_MAX {
        return Err(SubscriptionRefusal::Full);
    }
    let known = state.known(&page.name, asked.channel, &address);
    let nothing = known.is_some_and(|known| known.confirmed_at.is_some() || now < known.asked_at + ASK_AGAIN_AFTER);
    if nothing {
        return Ok(None);
    }
    Ok(Some(SubscriptionAsked { page: page.name.clone(), channel: asked.channel, address }))
}

/// Decides whether a subscription is confirmed; `Ok(None)`: it is already.
///
/// # Errors
/// [`SubscriptionRefusal::Gone`].
pub fn decide_confirm(
    state: &State,
    now: Timestamp,
    subscription: SubscriptionId,
) -> Result<Option<SubscriptionConfirmed>, SubscriptionRefusal> {
    let known = state.subscription(subscription).ok_or(SubscriptionRefusal::Gone)?;
    // Forgetting waits for the next record; what was to be confirmed by now does not.
    if known.confirmed_at.is_none() && known.asked_at + CONFIRM_WITHIN <= now {
        return Err(SubscriptionRefusal::Gone);
    }
    Ok(known.confirmed_at.is_none().then_some(SubscriptionConfirmed { subscription }))
}

/// Decides whether a subscription ends; `None`: it is not there any more.
#[must_use]
pub fn decide_end(state: &State, subscription: SubscriptionId, cause: SubscriptionEnd) -> Option<SubscriptionEnded> {
    state.subscription(subscription).map(|_| SubscriptionEnded { subscription, cause })
}

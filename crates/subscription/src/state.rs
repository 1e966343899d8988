//! Who asked, who confirmed, and which updates went to them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_ids::{SubscriptionId, UpdateId};
use evenkeel_record::{Body, Record, SubscriptionAsked, SubscriptionChannel};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

/// Who does not confirm within so long is forgotten.
pub const CONFIRM_WITHIN: Duration = Duration::hours(24);
/// So many updates are remembered as told; younger ones are all there are to tell.
const TOLD_MAX: usize = 1_000;

/// Somebody who asked to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Which.
    pub id: SubscriptionId,
    /// Of which status page.
    pub page: Arc<str>,
    /// By what way.
    pub channel: SubscriptionChannel,
    /// Where. Personal: in no log.
    pub address: Box<str>,
    /// When they asked.
    pub asked_at: Timestamp,
    /// When they confirmed it.
    pub confirmed_at: Option<Timestamp>,
}

/// The fold of the records about subscriptions.
///
/// INVARIANT: `unconfirmed` has each subscription that is not confirmed once, by when it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    pub(crate) subscriptions: BTreeMap<SubscriptionId, Subscription>,
    unconfirmed: BTreeSet<(Timestamp, SubscriptionId)>,
    told: BTreeSet<(UpdateId, Arc<str>)>,
}

impl State {
    /// Folds one record in. Records of other domains only let time pass.
    pub fn apply(&mut self, record: &Record) {
        if let Body::SubscriptionAsked(body) = &record.body {
            self.asked(body, record);
        }
        if let Body::SubscriptionConfirmed(body) = &record.body
            && let Some(known) = self.subscriptions.get_mut(&body.subscription)
        {
            known.confirmed_at.get_or_insert(record.at);
            self.unconfirmed.remove(&(known.asked_at, known.id));
        }
        if let Body::SubscriptionEnded(body) = &record.body {
            self.forget(body.subscription);
        }
        if let Body::SubscribersTold(body) = &record.body {
            self.told.insert((body.update, body.page.clone()));
            if self.told.len() > TOLD_MAX {
                self.told.pop_first();
            }
        }
        self.pass(record.at);
    }

    /// Takes in that it is this instant: who did not confirm in time is forgotten.
    pub fn pass(&mut self, at: Timestamp) {
        while let Some((_, id)) = self.unconfirmed.first().copied().filter(|(asked, _)| *asked + CONFIRM_WITHIN <= at) {
            self.forget(id);
        }
    }

    /// All that are held, in the order in which they were asked for.
    pub fn subscriptions(&self) -> impl Iterator<Item = &Subscription> {
        self.subscriptions.values()
    }

    /// One that is held.
    #[must_use]
    pub fn subscription(&self, id: SubscriptionId) -> Option<&Subscription> {
        self.subscriptions.get(&id)
    }

    /// Those of a page who confirmed, in the order in which they asked.
    pub fn confirmed<'a>(&'a self, page: &'a str) -> impl Iterator<Item = &'a Subscription> {
        self.subscriptions().filter(move |known| known.page.as_ref() == page && known.confirmed_at.is_some())
    }

    /// Whether the subscribers of a page were told of an update.
    #[must_use]
    pub fn is_told(&self, update: UpdateId, page: &Arc<str>) -> bool {
        self.told.contains(&(update, page.clone()))
    }

    /// Why the body of a record has to stay, as far as subscriptions are concerned; `None` when it may be erased.
    #[must_use]
    pub fn needs(&self, record: &Record) -> Option<&'static str> {
        match &record.body {
            Body::SubscriptionAsked(_) => self
                .subscription(SubscriptionId(record.seq))
                .map(|_| "the subscription is still there; end it first, or wait until it is forgotten"),
            Body::SubscriptionConfirmed(_) | Body::SubscriptionEnded(_) | Body::SubscribersTold(_) => {
                Some("a record of this kind names nobody and is needed to fold the journal")
            }
            evenkeel_record::system_bodies!()
            | evenkeel_record::alerting_bodies!()
            | evenkeel_record::incident_bodies!()
            | evenkeel_record::review_bodies!()
            | Body::TokenCreated(_)
            | Body::TokenRevoked(_)
            | Body::OverrideSet(_)
            | Body::OverrideRemoved(_) => None,
        }
    }

    /// Whoever asks again before they confirmed takes the place of who asked before.
    fn asked(&mut self, body: &SubscriptionAsked, record: &Record) {
        let SubscriptionAsked { page, channel, address } = body.clone();
        let id = SubscriptionId(record.seq);
        if let Some(before) = self.known(&page, channel, &address).map(|known| known.id) {
            self.forget(before);
        }
        self.unconfirmed.insert((record.at, id));
        let asked = Subscription { id, page, channel, address, asked_at: record.at, confirmed_at: None };
        self.subscriptions.insert(id, asked);
    }

    pub(crate) fn known(&self, page: &str, channel: SubscriptionChannel, address: &str) -> Option<&Subscription> {
        let same = |known: &&Subscription| {
            known.channel == channel && known.page.as_ref() == page && known.address.as_ref() == address
        };
        self.subscriptions.values().find(same)
    }

    /// How many could still confirm at an instant.
    pub(crate) fn unconfirmed(&self, now: Timestamp) -> usize {
        let oldest = now - CONFIRM_WITHIN;
        self.unconfirmed.iter().rev().take_while(|(asked, _)| *asked > oldest).count()
    }

    fn forget(&mut self, id: SubscriptionId) {
        if let Some(known) = self.subscriptions.remove(&id) {
            self.unconfirmed.remove(&(known.asked_at, id));
        }
    }
}

#[cfg(test)]
mod tests;

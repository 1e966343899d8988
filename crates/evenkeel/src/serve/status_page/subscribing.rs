//! Readers ask to be told, confirm it, and end it: what they send becomes an input of the engine.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use evenkeel_engine::{Answer, Input, Submission, Subscribed, SubscriptionInput, SubscriptionRefusal};
use evenkeel_identity::{LinkError, Purpose};
use evenkeel_ids::SubscriptionId;
use evenkeel_record::{Actor, SubscriptionAsked, SubscriptionChannel, SubscriptionEnd};
use evenkeel_time::Timestamp;
use tokio::sync::mpsc;

use super::form::{field, fields};
use super::links::Links;
use super::peers::Peers;
use crate::serve::desk::Shared;

/// The engine answers within milliseconds; a reader is not kept waiting for one that does not.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);
/// Who outside asks for something.
const READER: &str = "status-page";

/// What takes subscriptions.
pub(super) struct Desk {
    /// What stands behind it, from when the engine runs.
    behind: OnceLock<(Arc<Shared>, Links)>,
    peers: Peers,
    /// Those who are to be asked to confirm.
    ask: mpsc::Sender<SubscriptionId>,
}

/// What became of what a reader asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is on record, or there is nothing to do; which of the two nobody is told.
    Asked(SubscriptionChannel),
    /// They are told from now on.
    Confirmed,
    /// They are told no more.
    Ended,
    /// What they sent cannot be taken, and why.
    Refused(SubscriptionRefusal),
    /// They asked too often.
    TooOften,
    /// The link does not count.
    Link(LinkError),
    /// Nothing can be recorded now.
    NotNow,
}

impl Desk {
    pub(super) fn new(ask: mpsc::Sender<SubscriptionId>) -> Self {
        Self { behind: OnceLock::new(), peers: Peers::default(), ask }
    }

    /// From now on subscriptions are taken.
    pub(super) fn open(&self, shared: Arc<Shared>, links: Links) {
        let _ = self.behind.set((shared, links));
    }

    /// Somebody wants to be told of what a page says.
    pub(super) async fn subscribe(&self, page: Arc<str>, body: &[u8], peer: IpAddr, now: Timestamp) -> Taken {
        let fields = fields(body);
        let channel = match field(&fields, "channel") {
            Some("webhook") => SubscriptionChannel::Webhook,
            Some(_) | None => SubscriptionChannel::Email,
        };
        let address = field(&fields, "address").unwrap_or("").into();
        if !self.peers.may_ask(peer, now) {
            return Taken::TooOften;
        }
        match self.submit(SubscriptionInput::Ask(SubscriptionAsked { page, channel, address })).await {
            Some(Subscribed::AskedFor(id)) => match self.ask.try_send(id) {
                Ok(()) => Taken::Asked(channel),
                Err(_) => Taken::NotNow,
            },
            Some(Subscribed::Nothing | Subscribed::Done) => Taken::Asked(channel),
            Some(Subscribed::Refused(refusal)) => Taken::Refused(refusal),
            None => Taken::NotNow,
        }
    }

    /// Which subscription a link is about, and that it is for this.
    pub(super) fn link(&self, text: &str, wanted: Wanted, now: Timestamp) -> Result<SubscriptionId, Taken> {
        let (_, links) = self.behind.get().ok_or(Taken::NotNow)?;
        match (links.read(text, now).map_err(Taken::Link)?, wanted) {
            (Purpose::Confirm { subscription }, Wanted::Confirm)
            | (Purpose::Unsubscribe { subscription }, Wanted::End) => Ok(subscription),
            (
                Purpose::Page { .. }
                | Purpose::Login { .. }
                | Purpose::Session { .. }
                | Purpose::Confirm { .. }
                | Purpose::Unsubscribe { .. },
                Wanted::Confirm | Wanted::End,
            ) => Err(Taken::Link(LinkError::OtherPurpose)),
        }
    }

    /// Whoever has the link wants what it is for.
    pub(super) async fn act(&self, text: &str, wanted: Wanted, now: Timestamp) -> Taken {
        let subscription = match self.link(text, wanted, now) {
            Ok(subscription) => subscription,
            Err(taken) => return taken,
        };
        let (input, done) = match wanted {
            Wanted::Confirm => (SubscriptionInput::Confirm(subscription), Taken::Confirmed),
            Wanted::End => (SubscriptionInput::End(subscription, SubscriptionEnd::Asked), Taken::Ended),
        };
        match self.submit(input).await {
            Some(Subscribed::Refused(refusal)) => Taken::Refused(refusal),
            Some(Subscribed::Nothing | Subscribed::Done | Subscribed::AskedFor(_)) => done,
            None => Taken::NotNow,
        }
    }

    async fn submit(&self, input: SubscriptionInput) -> Option<Subscribed> {
        let (shared, _) = self.behind.get()?;
        submit(shared, input).await
    }
}

/// What a link has to be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Confirm,
    End,
}

/// Hands an input in and waits for it to be durable; `None`: it is not, for now.
pub(super) async fn submit(shared: &Shared, input: SubscriptionInput) -> Option<Subscribed> {
    if shared.status.outage().is_some() {
        return None;
    }
    let submission = Submission { actor: Actor(READER.into()), input: Input::Subscription(input) };
    let answer = shared.inbox.ask(submission).ok()?;
    let answered = tokio::time::timeout(ANSWERED_WITHIN, answer).await;
    if let Ok(Ok(Ok(Answer::Subscription(subscribed)))) = answered { Some(subscribed) } else { None }
}

//! What goes to subscribers: the question whether they want it, and every update that goes to their page's audience.
//!
//! An update goes to all who are confirmed when it is written; then it is on record that they were told. If the process
//! dies in between it goes again: rather twice than never, with the same message id, so that a mail program can tell.
//! Whoever works on the incident is never kept waiting by this: it shares nothing with what pages them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_alerting::{Outcome, Retry};
use evenkeel_engine::{Engine, Input, Submission, SubscriptionInput};
use evenkeel_ids::{SubscriptionId, UpdateId};
use evenkeel_incident::Update;
use evenkeel_model::{EmailReceiver, Plan, Readers, StatusPage, Transport};
use evenkeel_notify::{Letter, Sender};
use evenkeel_record::{Actor, SubscribersTold, SubscriptionChannel, UpdateKind};
use evenkeel_status_page::shows;
use evenkeel_subscription::{Subscription, TELL_WITHIN};
use evenkeel_time::Timestamp;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::links::Links;
use super::subscribing::submit;
use crate::serve::clock::wall_now;
use crate::serve::desk::Shared;
use crate::serve::inbox::Item;

/// Whether an update left is looked at this often.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// One attempt may take so long.
const ATTEMPT_FOR: Duration = Duration::from_secs(20);
/// Waits between attempts; after the last it is given up.
const AGAIN_AFTER: [Duration; 3] = [Duration::from_secs(2), Duration::from_secs(20), Duration::from_secs(120)];
/// So many are told at once.
const AT_ONCE: usize = 16;

/// Tells subscribers.
pub(super) struct Mailing {
    shared: Arc<Shared>,
    sender: Sender,
    links: Links,
    /// Updates that are on their way, each with its page.
    under_way: BTreeSet<(UpdateId, Arc<str>)>,
    going: JoinSet<(UpdateId, Arc<str>)>,
}

/// What goes to one subscriber.
#[derive(Clone)]
struct Parcel {
    to: Subscription,
    /// The server it goes by, where it is a mail.
    through: Option<EmailReceiver>,
    what: Arc<What>,
}

/// What is said.
enum What {
    /// Whether they want it.
    Question { page: String },
    /// What was said to the page's audience.
    Update { page: String, update: UpdateId, kind: UpdateKind, title: Box<str>, text: Box<str>, at: Timestamp },
}

impl Mailing {
    pub(super) fn new(shared: Arc<Shared>, sender: Sender, links: Links) -> Self {
        Self { shared, sender, links, under_way: BTreeSet::new(), going: JoinSet::new() }
    }

    /// Runs until it is aborted.
    pub(super) async fn run(mut self, mut asked: mpsc::Receiver<SubscriptionId>) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                Some(id) = asked.recv() => self.ask(id),
                Some(gone) = self.going.join_next() => {
                    if let Ok(gone) = gone {
                        self.under_way.remove(&gone);
                    }
                }
                _ = look.tick() => self.tell(),
            }
        }
    }

    /// Asks whoever reads at an address whether they want it.
    fn ask(&self, id: SubscriptionId) {
        let parcel = tokio::task::block_in_place(|| {
            let driver = self.shared.driver();
            let engine = driver.engine();
            let to = engine.state().subscription.subscription(id)?.clone();
            let page = engine.plan().catalogue.status_pages.get(&to.page)?;
            let what = Arc::new(What::Question { page: page.title.to_string() });
            Some(Parcel { through: mails_by(engine.plan(), page), to, what })
        });
        let Some(parcel) = parcel else { return };
        let (shared, sender, links) = (self.shared.clone(), self.sender.clone(), self.links.clone());
        tokio::spawn(async move {
            if let Some(echo) = carry(&sender, &links, &parcel).await
                && parcel.to.channel == SubscriptionChannel::Webhook
                && echoes(&echo, &links, parcel.to.id)
            {
                let _ = submit(&shared, SubscriptionInput::Confirm(parcel.to.id)).await;
            }
        });
    }

    /// Sends on what was said to a page's audience.
    fn tell(&mut self) {
        let now = wall_now();
        let due = tokio::task::block_in_place(|| due(self.shared.driver().engine(), &self.under_way, now));
        for (update, page, parcels) in due {
            self.under_way.insert((update, page.clone()));
            let (shared, sender, links) = (self.shared.clone(), self.sender.clone(), self.links.clone());
            self.going.spawn(async move {
                let (delivered, failed) = carry_all(sender, links, parcels).await;
                let told = SubscribersTold { page: page.clone(), update, delivered, failed };
                let input = Input::Subscription(SubscriptionInput::Told(told));
                shared.inbox.put(Item::Own(Submission { actor: Actor::system(), input }));
                // It stays under way until the record is there, or it would go again.
                for _ in 0..20 {
                    tokio::time::sleep(LOOK_EVERY).await;
                    let known = &page;
                    let done = tokio::task::block_in_place(|| {
                        shared.driver().engine().state().subscription.is_told(update, known)
                    });
                    if done {
                        break;
                    }
                }
                (update, page)
            });
        }
    }
}

type Due = (UpdateId, Arc<str>, Vec<Parcel>);

/// Updates that went to a page's audience and not yet to its subscribers.
fn due(engine: &Engine, under_way: &BTreeSet<(UpdateId, Arc<str>)>, now: Timestamp) -> Vec<Due> {
    let (state, plan) = (engine.state(), engine.plan());
    let mut due = Vec::new();
    let pages = plan.catalogue.status_pages.values().filter(|page| page.readers == Readers::Public);
    for page in pages.filter(|page| state.subscription.confirmed(&page.name).next().is_some()) {
        let incidents = state.incident.incidents();
        let updates = incidents.flat_map(|incident| &incident.updates).filter_map(|id| state.incident.update(*id));
        let new = updates.filter(|update| {
            shows(plan, page, update)
                && update.created_at + TELL_WITHIN > now
                && !state.subscription.is_told(update.id, &page.name)
                && !under_way.contains(&(update.id, page.name.clone()))
        });
        for update in new {
            let parcels = parcels(engine, page, update);
            if !parcels.is_empty() {
                due.push((update.id, page.name.clone(), parcels));
            }
        }
    }
    due
}

/// One for everybody who was confirmed when it was written.
fn parcels(engine: &Engine, page: &StatusPage, update: &Update) -> Vec<Parcel> {
    let through = mails_by(engine.plan(), page);
    let what = Arc::new(What::Update {
        page: page.title.to_string(),
        update: update.id,
        kind: update.kind,
        title: update.title.clone(),
        text: update.text.clone(),
        at: update.created_at,
    });
    let confirmed = engine.state().subscription.confirmed(&page.name);
    let theirs = confirmed.filter(|known| known.confirmed_at.is_some_and(|at| at <= update.created_at));
    theirs.map(|to| Parcel { to: to.clone(), through: through.clone(), what: what.clone() }).collect()
}

/// The first integration for mail of the receivers that the page names.
fn mails_by(plan: &Plan, page: &StatusPage) -> Option<EmailReceiver> {
    let receivers = page.mail.iter().filter_map(|name| plan.receivers.get(name));
    receivers.flat_map(|receiver| &receiver.integrations).find_map(|integration| match &integration.transport {
        Transport::Email(mail) => Some(mail.clone()),
        Transport::Webhook(_) | Transport::Slack(_) | Transport::File(_) | Transport::Ntfy(_) => None,
    })
}

/// How many were told and how many were not.
async fn carry_all(sender: Sender, links: Links, parcels: Vec<Parcel>) -> (u32, u32) {
    let (mut delivered, mut failed) = (0, 0);
    let mut going = JoinSet::new();
    let mut left = parcels.into_iter();
    loop {
        while going.len() < AT_ONCE {
            let Some(parcel) = left.next() else { break };
            let (sender, links) = (sender.clone(), links.clone());
            going.spawn(async move { carry(&sender, &links, &parcel).await.is_some() });
        }
        match going.join_next().await {
            None => return (delivered, failed),
            Some(Ok(true)) => delivered += 1,
            Some(Ok(false) | Err(_)) => failed += 1,
        }
    }
}

/// Carries one parcel, trying again where that may help; `None` when it did not arrive, else what was answered.
async fn carry(sender: &Sender, links: &Links, parcel: &Parcel) -> Option<Vec<u8>> {
    for wait in AGAIN_AFTER.into_iter().map(Some).chain([None]) {
        let retry = match attempt(sender, links, parcel).await {
            Ok(answer) => return Some(answer),
            Err(Outcome::Failed { reason, retry }) => {
                tracing::debug!(subscription = %parcel.to.id, reason, "a subscriber could not be told");
                retry
            }
            Err(Outcome::Delivered) => return Some(Vec::new()),
        };
        match (wait, retry) {
            (Some(wait), Retry::Yes | Retry::After(_) | Retry::Unsure) => tokio::time::sleep(wait).await,
            (None, _) | (Some(_), Retry::No) => return None,
        }
    }
    None
}

async fn attempt(sender: &Sender, links: &Links, parcel: &Parcel) -> Result<Vec<u8>, Outcome> {
    match parcel.to.channel {
        SubscriptionChannel::Email => {
            let Some(through) = &parcel.through else {
                let reason = "the page has no receiver for mail any more".to_owned();
                return Err(Outcome::Failed { reason, retry: Retry::No });
            };
            match sender.letter(through, &letter(links, parcel), ATTEMPT_FOR).await {
                Outcome::Delivered => Ok(Vec::new()),
                failed @ Outcome::Failed { .. } => Err(failed),
            }
        }
        SubscriptionChannel::Webhook => {
            let body = serde_json::to_vec(&posted(links, parcel)).expect("texts are JSON");
            sender.tell(&parcel.to.address, body, &key(parcel), ATTEMPT_FOR).await
        }
    }
}

/// The same for each attempt, and for each subscriber another one.
fn key(parcel: &Parcel) -> String {
    match &*parcel.what {
        What::Question { .. } => format!("{}.asked", parcel.to.id),
        What::Update { update, .. } => format!("{}.{update}", parcel.to.id),
    }
}

fn letter(links: &Links, parcel: &Parcel) -> Letter {
    let (now, id) = (wall_now(), parcel.to.id);
    let idempotency_key = key(parcel);
    let to = parcel.to.address.clone();
    match &*parcel.what {
        What::Question { page } => Letter {
            to,
            subject: format!("Subscribe to {page}?"),
            text: format!(
                "Somebody, probably you, asked that this address be told when something of {page} fails, and when it \
                 works again. If it was not you, do nothing: without the link below nothing more is sent."
            ),
            link: Some((links.confirm(id, now), "Subscribe".to_owned())),
            unsubscribe: None,
            idempotency_key,
        },
        What::Update { page, title, text, .. } => Letter {
            to,
            subject: format!("{page}: {title}"),
            text: text.to_string(),
            link: Some((links.page(""), "How it is now".to_owned())),
            unsubscribe: Some(links.unsubscribe(id, now)),
            idempotency_key,
        },
    }
}

fn posted(links: &Links, parcel: &Parcel) -> serde_json::Value {
    let now = wall_now();
    match &*parcel.what {
        What::Question { page } => json!({
            "type": "confirmation",
            "page": page,
            "challenge": links.confirmation(parcel.to.id, now),
            "help": "answer with the challenge in the body, and this address is subscribed",
        }),
        What::Update { page, kind, title, text, at, .. } => json!({
            "type": match kind {
                UpdateKind::First => "first",
                UpdateKind::Progress => "update",
                UpdateKind::Recovery => "recovery",
            },
            "page": page,
            "title": title,
            "text": text,
            "at": at.to_string(),
            "url": links.page(""),
            "unsubscribe": links.unsubscribe(parcel.to.id, now),
        }),
    }
}

/// Whether an answer holds a challenge for this subscription.
fn echoes(answer: &[u8], links: &Links, subscription: SubscriptionId) -> bool {
    let text = String::from_utf8_lossy(answer);
    let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    let now = wall_now();
    words.any(|word| {
        links.read(word, now).is_ok_and(|purpose| purpose == evenkeel_identity::Purpose::Confirm { subscription })
    })
}

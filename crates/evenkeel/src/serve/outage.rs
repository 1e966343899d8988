//! While nothing can be made durable: tell the last resort directly, once, and send on what was durable before.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use evenkeel_alerting::Retry;
use evenkeel_engine::{Effect, Input, Message, MessageAlert, Outcome, Submission};
use evenkeel_ids::{NoticeId, Seq};
use evenkeel_labels::LabelSet;
use evenkeel_model::Plan;
use evenkeel_notify::{Content, MessageId, Sender};
use evenkeel_record::Actor;
use evenkeel_time::Timestamp;

use super::desk::Shared;
use super::inbox::Item;

/// Since when and why commits fail.
#[derive(Debug)]
pub(crate) struct Outage {
    pub(crate) since: Timestamp,
    pub(crate) reason: String,
    pub(crate) next_try: Instant,
    /// The last resort was told.
    pub(crate) told: bool,
    /// It began with a full disk.
    disk_full: bool,
}

impl Outage {
    /// A commit is tried again this often.
    pub(crate) const TRY_EVERY: Duration = Duration::from_secs(1);

    pub(crate) fn new(since: Timestamp, reason: String, disk_full: bool) -> Self {
        Self { since, reason, next_try: Instant::now(), told: false, disk_full }
    }

    /// Whether a commit that worked ends it. On a full disk a small one may find room where the next does not; that
    /// would be an outage after the other, each with its own message.
    pub(crate) fn over(&mut self, data: &Path) -> bool {
        self.next_try = Instant::now() + Self::TRY_EVERY;
        !self.disk_full || room(data)
    }
}

/// Room that is there when work goes on: many commits of the usual size.
const ROOM_BYTES: usize = 1 << 20;

/// Whether so much can be written right now.
fn room(data: &Path) -> bool {
    let path = data.join("room");
    let written = fs::write(&path, vec![0; ROOM_BYTES]);
    // Left behind it would only take room, and be written over.
    let _ = fs::remove_file(&path);
    written.is_ok()
}

/// Sends open notices, pages and updates that are not under way: they need no further record to go.
///
/// The engine cannot say when to try again, since every step is undone; so each failed step is the occasion. What
/// arrived, or cannot, waits among the carried outcomes to be recorded and is left alone.
pub(crate) fn send_open(shared: &Shared, carried: &[Submission], now: Timestamp) {
    let over: BTreeSet<MessageId> = carried.iter().filter_map(|submission| closed_by(&submission.input)).collect();
    let effects = {
        let driver = shared.driver();
        let engine = driver.engine();
        let (state, plan) = (&engine.state().alerting, engine.plan());
        let open =
            state.notices().filter(|notice| now < notice.not_after && !over.contains(&MessageId::Notice(notice.id)));
        let notices = open.filter_map(|notice| {
            let integration = Arc::new(plan.integration(&notice.receiver, &notice.integration)?.clone());
            Some(Effect::Notify { message: state.message(notice)?, integration })
        });
        let sending = engine.state().incident.sending();
        let messages = sending.filter(|(of, address)| !over.contains(&MessageId::Sent(*of, address.clone())));
        notices.chain(messages.filter_map(|(of, address)| engine.message(of, &address, now).ok())).collect()
    };
    super::engine_loop::deliver(shared, effects, now);
}

/// Of several outcomes of one message the last one counts, so that a long outage keeps no more than one each.
pub(crate) fn keep_last_outcomes(carried: &mut Vec<Submission>) {
    let mut seen = BTreeSet::new();
    carried.reverse();
    carried.retain(|submission| match outcome_of(&submission.input) {
        Some((id, _)) => seen.insert(id),
        None => true,
    });
    carried.reverse();
}

fn outcome_of(input: &Input) -> Option<(MessageId, &Outcome)> {
    if let Input::NoticeOutcome { notice, outcome } = input {
        return Some((MessageId::Notice(*notice), outcome));
    }
    let Input::MessageOutcome { of, address, outcome } = input else { return None };
    Some((MessageId::Sent(*of, Arc::clone(address)), outcome))
}

/// The message that needs no further attempt.
fn closed_by(input: &Input) -> Option<MessageId> {
    let (id, outcome) = outcome_of(input)?;
    let again = matches!(outcome, Outcome::Failed { retry: Retry::Yes | Retry::Unsure | Retry::After(_), .. });
    (!again).then_some(id)
}

/// Sends past the journal.
pub(crate) struct LastResort {
    pub(crate) sender: Sender,
    pub(crate) runtime: tokio::runtime::Handle,
}

/// How long the direct message may take.
const DIRECT_FOR: Duration = Duration::from_secs(10);

impl LastResort {
    /// Sends to every integration of the plan's last resort; what came of it is recorded when that works again.
    pub(crate) fn tell(&self, shared: &Arc<Shared>, plan: &Arc<Plan>, reason: &str, now: Timestamp) {
        let receiver = plan.last_resort.receiver.clone();
        let (sender, shared, plan, reason) = (self.sender.clone(), shared.clone(), plan.clone(), reason.to_owned());
        self.runtime.spawn(async move {
            let mut delivered = false;
            let integrations = plan.receivers.get(&receiver).map(|found| found.integrations.as_slice());
            for integration in integrations.unwrap_or_default() {
                let content = Content::Notice(message(&receiver, &integration.name, &reason, now));
                let outcome = sender.send(integration, &content, DIRECT_FOR).await;
                delivered |= outcome == Outcome::Delivered;
            }
            if !delivered {
                tracing::error!(%receiver, "the last resort could not be told");
            }
            let input = Input::LastResortTold { receiver, reason: reason.into(), sent_at: now, delivered };
            shared.inbox.put(Item::Own(Submission { actor: Actor::system(), input }));
        });
    }
}

fn message(receiver: &Arc<str>, integration: &Arc<str>, reason: &str, now: Timestamp) -> Message {
    let labels = LabelSet::new([("alertname", "EvenkeelCannotRecord"), ("severity", "critical")]);
    let summary = format!("Evenkeel cannot make anything durable and refuses inputs: {reason}");
    let alert = MessageAlert {
        labels: labels.clone(),
        annotations: LabelSet::new([("summary", summary)]),
        starts_at: now,
        ends_at: None,
        generator_url: "".into(),
    };
    Message {
        notice: NoticeId(Seq(0)),
        receiver: receiver.clone(),
        integration: integration.clone(),
        group_key: "{}:{alertname=\"EvenkeelCannotRecord\"}".to_owned(),
        group_labels: labels,
        alerts: vec![alert],
        attempt: 1,
        not_after: now + evenkeel_time::Duration::secs(10),
        idempotency_key: format!("last-resort-{}", now.0),
    }
}

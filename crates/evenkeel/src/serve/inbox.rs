//! The bounded queue in front of the engine.
//!
//! Callers from outside are refused when it is full and told when to come again. What the program itself
//! puts in (outcomes, plans) is bounded by what is open and is never refused.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use evenkeel_api::Unavailable;
use evenkeel_engine::{Answer, Input, Submission};
use evenkeel_ops_source::Loaded;
use tokio::sync::oneshot;

/// So many alerts and facts (other inputs count as one) may wait.
const WEIGHT_MAX: usize = 50_000;
/// So much is handled in one step, so that nobody waits for a commit without end.
const STEP_WEIGHT_MAX: usize = 10_000;

/// Where an answer goes.
pub(crate) type Reply = oneshot::Sender<Result<Answer, Unavailable>>;

/// Something for the engine's thread.
pub(crate) enum Item {
    /// From outside; answered once durable, or refused.
    Asked(Submission, Reply),
    /// From the program itself; kept until it is durable.
    Own(Submission),
    /// A plan to be stored and adopted.
    Adopt(Box<Loaded>),
    /// A check that a commit works; answered when it did.
    Pulse(Reply),
}

/// The queue.
#[derive(Default)]
pub(crate) struct Inbox {
    queue: Mutex<Queue>,
    wake: Condvar,
}

#[derive(Default)]
struct Queue {
    items: VecDeque<Item>,
    weight: usize,
    closed: bool,
}

impl Inbox {
    /// Queues what a caller asks.
    pub(crate) fn ask(
        &self,
        submission: Submission,
    ) -> Result<oneshot::Receiver<Result<Answer, Unavailable>>, Unavailable> {
        let mut queue = self.lock();
        if queue.closed {
            return Err(Unavailable::Stopping);
        }
        let weight = weight(&submission.input);
        if queue.weight > 0 && queue.weight + weight > WEIGHT_MAX {
            return Err(Unavailable::Full { retry_after_s: 1 });
        }
        let (reply, answer) = oneshot::channel();
        queue.weight += weight;
        queue.items.push_back(Item::Asked(submission, reply));
        drop(queue);
        self.wake.notify_one();
        Ok(answer)
    }

    /// Queues what the program itself has to say.
    pub(crate) fn put(&self, item: Item) {
        self.lock().items.push_back(item);
        self.wake.notify_one();
    }

    /// Takes nothing more from outside, and lets the engine's thread end once all is handled.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.wake.notify_one();
    }

    /// How much waits.
    pub(crate) fn weight(&self) -> usize {
        self.lock().weight
    }

    /// What is there, up to one step's worth, waiting for it at most so long. `None`: closed and empty.
    pub(crate) fn take(&self, wait: Duration) -> Option<Vec<Item>> {
        let queue = self.lock();
        let empty = |queue: &mut Queue| queue.items.is_empty() && !queue.closed;
        let (mut queue, _) = self.wake.wait_timeout_while(queue, wait, empty).unwrap_or_else(PoisonError::into_inner);
        if queue.items.is_empty() {
            return if queue.closed { None } else { Some(Vec::new()) };
        }
        let mut taken = Vec::new();
        let mut weight_taken = 0;
        while weight_taken < STEP_WEIGHT_MAX {
            let Some(item) = queue.items.pop_front() else { break };
            match &item {
                Item::Asked(submission, _) => {
                    let weight = weight(&submission.input);
                    queue.weight -= weight;
                    weight_taken += weight;
                }
                Item::Own(_) | Item::Adopt(_) | Item::Pulse(_) => weight_taken += 1,
            }
            taken.push(item);
        }
        Some(taken)
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn weight(input: &Input) -> usize {
    let many = if let Input::Alerts(alerts) = input {
        alerts.len()
    } else if let Input::RuleAlerts { alerts, .. } = input {
        alerts.len()
    } else if let Input::Report { facts, .. } = input {
        facts.len()
    } else {
        1
    };
    many.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_engine::IncomingAlert;
    use evenkeel_record::Actor;

    fn alerts(count: usize) -> Submission {
        Submission { actor: Actor::loopback(), input: Input::Alerts(vec![IncomingAlert::default(); count]) }
    }

    #[test]
    fn a_full_queue_refuses_and_a_taken_one_accepts_again() {
        let inbox = Inbox::default();
        assert!(inbox.ask(alerts(WEIGHT_MAX * 2)).is_ok(), "a single large request is never impossible");
        assert!(matches!(inbox.ask(alerts(1)), Err(Unavailable::Full { .. })));
        inbox.put(Item::Own(alerts(1)));
        assert_eq!(inbox.take(Duration::ZERO).map(|items| items.len()), Some(1), "one step's worth");
        assert!(inbox.ask(alerts(1)).is_ok());
    }

    #[test]
    fn a_closed_queue_ends_when_it_is_empty() {
        let inbox = Inbox::default();
        inbox.put(Item::Own(alerts(1)));
        inbox.close();
        assert!(matches!(inbox.ask(alerts(1)), Err(Unavailable::Stopping)));
        assert_eq!(inbox.take(Duration::ZERO).map(|items| items.len()), Some(1));
        assert!(inbox.take(Duration::ZERO).is_none());
    }
}

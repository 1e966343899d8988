//! Who waits for the disk, and what they are told.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::{AppendFault, Commit, Shared, lock};

/// What was said of commits, and who still waits.
#[derive(Debug, Default)]
pub(crate) struct Acks {
    /// Everything up to this commit is on the disk.
    pub(crate) durable: u64,
    /// Why nothing later is.
    pub(crate) fault: Option<AppendFault>,
    waiting: Vec<(u64, Waker)>,
}

impl Acks {
    /// What can be said of a commit by now.
    pub(crate) fn of(&self, commit: Commit) -> Option<Result<(), AppendFault>> {
        if commit.0 <= self.durable { Some(Ok(())) } else { self.fault.clone().map(Err) }
    }

    pub(crate) fn done(&mut self, durable: u64) {
        self.durable = durable;
        self.fault = None;
        let mut woken = Vec::new();
        self.waiting.retain(|(commit, waker)| {
            let done = *commit <= durable;
            if done {
                woken.push(waker.clone());
            }
            !done
        });
        woken.into_iter().for_each(Waker::wake);
    }

    pub(crate) fn fail(&mut self, fault: AppendFault) {
        self.fault = Some(fault);
        self.waiting.drain(..).for_each(|(_, waker)| waker.wake());
    }
}

/// Ends when a commit is on the disk, or cannot be put there.
#[derive(Debug)]
#[must_use = "nothing is promised before it ended"]
pub(crate) struct Durable {
    shared: Arc<Shared>,
    commit: Commit,
}

impl Durable {
    pub(crate) const fn new(shared: Arc<Shared>, commit: Commit) -> Self {
        Self { shared, commit }
    }
}

impl Future for Durable {
    type Output = Result<(), AppendFault>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut acks = lock(&self.shared.acks);
        match acks.of(self.commit) {
            Some(answer) => Poll::Ready(answer),
            None => {
                acks.waiting.push((self.commit.0, cx.waker().clone()));
                Poll::Pending
            }
        }
    }
}

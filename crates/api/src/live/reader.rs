//! One reader of a page: what is sent next, and until when.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use evenkeel_identity::{Action, Identity};
use evenkeel_record::Hash;
use http::request::Parts;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::Instant;

use super::event::{self, Written};
use crate::app::App;
use crate::options::stopped;
use crate::{Desk, guard};

/// How long nothing may be sent. Also how often rights are looked at again while nothing changes.
const HEARTBEAT_EVERY: Duration = Duration::from_secs(15);
/// A stream ends after this; browsers come again by themselves, and are let in anew.
const STREAM_FOR: Duration = Duration::from_secs(15 * 60);

/// One reader of a page.
pub(super) struct Reader<D: Desk> {
    app: Arc<App<D>>,
    /// What the reader proves with who they are.
    head: Parts,
    /// What decides who may look.
    action: Action,
    caller: Identity,
    written: watch::Receiver<Written>,
    stopping: watch::Receiver<bool>,
    /// What the reader has.
    last: Option<Hash>,
    begun: bool,
    over: bool,
    until: Instant,
    beat_at: Instant,
    _seat: OwnedSemaphorePermit,
}

/// What a reader waits for.
enum Awaited {
    /// Something was written.
    Written,
    /// Nothing for a while.
    Beat,
    /// The end.
    End,
}

impl<D: Desk> Reader<D> {
    pub(super) fn new(
        app: Arc<App<D>>,
        head: Parts,
        action: Action,
        caller: Identity,
        written: watch::Receiver<Written>,
        seat: OwnedSemaphorePermit,
    ) -> Self {
        let now = Instant::now();
        Self {
            stopping: app.options.stopping.clone(),
            app,
            head,
            action,
            caller,
            written,
            last: None,
            begun: false,
            over: false,
            until: now + STREAM_FOR,
            beat_at: now + HEARTBEAT_EVERY,
            _seat: seat,
        }
    }

    /// The next piece; `None` at the end.
    pub(super) async fn next(mut self) -> Option<(Self, Bytes)> {
        if !std::mem::replace(&mut self.begun, true) {
            return Some((self, event::BEGIN));
        }
        if self.over {
            return None;
        }
        loop {
            let piece = match self.awaited().await {
                Awaited::End => return None,
                Awaited::Beat => event::HEARTBEAT,
                Awaited::Written => match self.newly_written() {
                    Some(piece) => piece,
                    None => continue,
                },
            };
            let piece = match self.still_let_in().await {
                Some(true) => piece,
                Some(false) => {
                    self.over = true;
                    event::SESSION_GONE
                }
                None => return None,
            };
            self.beat_at = Instant::now() + HEARTBEAT_EVERY;
            return Some((self, piece));
        }
    }

    async fn awaited(&mut self) -> Awaited {
        tokio::select! {
            biased;
            () = stopped(&mut self.stopping) => Awaited::End,
            () = tokio::time::sleep_until(self.until) => Awaited::End,
            written = self.written.changed() => if written.is_ok() { Awaited::Written } else { Awaited::End },
            () = tokio::time::sleep_until(self.beat_at) => Awaited::Beat,
        }
    }

    /// What was written, where the reader has not got that already.
    fn newly_written(&mut self) -> Option<Bytes> {
        match &*self.written.borrow_and_update() {
            Written::Nothing => None,
            Written::Main(_, mark) if self.last.as_ref() == Some(mark) => None,
            Written::Main(event, mark) => {
                self.last = Some(*mark);
                Some(event.clone())
            }
            Written::Gone => {
                self.over = true;
                Some(event::PAGE_GONE)
            }
        }
    }

    /// Whether the reader may still look; `None` when they are seen otherwise now, and have to come again.
    async fn still_let_in(&self) -> Option<bool> {
        match guard::admit(self.app.as_ref(), &self.head, Some(self.action), false).await {
            Ok(caller) if caller == self.caller => Some(true),
            Ok(_) => None,
            Err(_) => Some(false),
        }
    }
}

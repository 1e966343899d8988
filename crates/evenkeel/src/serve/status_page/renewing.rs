//! Renders the pages anew: when something is on record, and once a minute.
//!
//! Nothing is renewed unless the engine shows that it works: by a record, or by answering a pulse. So a page that says
//! that all is well was made while somebody would have known otherwise.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_status_page::Board;
use tokio::sync::{oneshot, watch};

use super::kept;
use super::rendering::{boards, places, rendered};
use super::shelf::{Shelf, Shown};
use crate::serve::clock::wall_now;
use crate::serve::desk::Shared;
use crate::serve::inbox::Item;

/// Whether something is on record is looked at this often.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// Renewed at least this often, so that a page says of when it is.
const RENEWED_EVERY: Duration = Duration::from_secs(60);
/// An engine that does not answer within this does not work.
const PULSE_FOR: Duration = Duration::from_secs(20);

/// The thread.
pub(super) struct Renewing {
    pub(super) shared: Arc<Shared>,
    pub(super) shelf: Arc<Shelf>,
    pub(super) data: PathBuf,
    /// The address of the root, with a slash at its end.
    pub(super) base: String,
    pub(super) stopped: watch::Receiver<bool>,
}

/// What was rendered last.
struct Last {
    seq: Seq,
    plan: PlanHash,
    at: Instant,
    boards: Vec<Board>,
}

impl Renewing {
    /// Runs until it is stopped.
    pub(super) fn run(mut self) {
        let Ok(runtime) = crate::alone() else { return };
        runtime.block_on(async {
            let mut last = None;
            loop {
                let sleep = tokio::time::sleep(LOOK_EVERY);
                tokio::select! {
                    _ = self.stopped.wait_for(|stopped| *stopped) => return,
                    () = sleep => {}
                }
                self.look(&mut last).await;
            }
        });
    }

    async fn look(&self, last: &mut Option<Last>) {
        if self.shared.status.outage().is_some() {
            return;
        }
        let due = last.as_ref().is_none_or(|last| last.at.elapsed() >= RENEWED_EVERY);
        if due && last.is_some() && !self.engine_answers().await {
            return;
        }
        let now = wall_now();
        // The lock is held for collecting only; if the engine holds it for ever, this thread waits, and readers do not.
        let (seq, plan, boards) = {
            let driver = self.shared.driver();
            let (seq, engine) = (driver.head().seq, driver.engine());
            let same = last.as_ref().is_some_and(|last| last.seq == seq && last.plan == engine.plan().hash);
            if same && !due {
                return;
            }
            (seq, engine.plan().hash, boards(engine.state(), engine.plan(), now))
        };
        let news = last.as_ref().is_none_or(|last| !same_as(&last.boards, &boards));
        if news || due {
            self.show(&boards);
        }
        let at = if news || due { Instant::now() } else { last.as_ref().map_or_else(Instant::now, |last| last.at) };
        *last = Some(Last { seq, plan, at, boards });
    }

    fn show(&self, boards: &[Board]) {
        let shown = Shown {
            renewed_at: boards.first().map(|board| board.at),
            files: rendered(boards, Some(&self.base), true),
            still: rendered(boards, None, false),
            pages: places(boards),
        };
        if let Err(error) = kept::write(&self.data, &shown) {
            tracing::warn!(%error, "the status page is not kept for the next start");
        }
        self.shelf.put(shown);
    }

    async fn engine_answers(&self) -> bool {
        let (reply, answer) = oneshot::channel();
        self.shared.inbox.put(Item::Pulse(reply));
        matches!(tokio::time::timeout(PULSE_FOR, answer).await, Ok(Ok(Ok(_))))
    }
}

fn same_as(before: &[Board], after: &[Board]) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(before, after)| before.says_the_same(after))
}

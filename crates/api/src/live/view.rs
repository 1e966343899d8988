//! One view: a page as one kind of reader sees it, written again when something changed.

use std::sync::Arc;
use std::time::Duration;

use evenkeel_identity::Identity;
use evenkeel_pages::{Kept, PageRoute, Place, Show, Shown};
use tokio::sync::watch;
use tokio::time::Instant;

use super::event::{self, Written};
use super::views::Key;
use crate::Desk;
use crate::app::App;
use crate::options::stopped;
use crate::site::{Look, render};

/// A page that comes of the state alone is written at most so often.
const STATE_EVERY: Duration = Duration::from_millis(100);
/// One that asks the evidence or the journal first.
const ASKED_EVERY: Duration = Duration::from_secs(5);
/// At least so often, so that how long ago things were moves on.
const AT_LEAST_EVERY: Duration = Duration::from_secs(60);
/// A page that is slow to write may take a part of the time and no more.
const REST: u32 = 4;

/// A page as one kind of reader sees it.
pub(super) struct View {
    pub(super) key: Key,
    pub(super) route: &'static PageRoute,
    pub(super) place: Place,
    pub(super) reader: Identity,
    pub(super) written: Arc<watch::Sender<Written>>,
}

impl View {
    /// Writes it whenever something changed, until nobody looks at it any more.
    pub(super) async fn keep<D: Desk>(self, app: Arc<App<D>>) {
        let (mut changes, mut stopping) = (app.desk.changes(), app.options.stopping.clone());
        loop {
            changes.borrow_and_update();
            let Ok(turn) = app.live.views.turn(&self.route.show).acquire().await else { return };
            let began = Instant::now();
            let written = self.write(&app).await;
            drop(turn);
            if let Some(written) = written {
                // Nobody wakes for what they have.
                self.written.send_if_modified(|before| {
                    let other = !written.is(before);
                    if other {
                        *before = written;
                    }
                    other
                });
            }
            let not_before = began + self.at_most_every().max(began.elapsed() * REST);
            let changed = async {
                tokio::time::sleep_until(not_before).await;
                drop(tokio::time::timeout(AT_LEAST_EVERY, changes.changed()).await);
            };
            tokio::select! {
                () = stopped(&mut stopping) => return,
                () = changed => {}
                () = self.written.closed() => {}
            }
            if app.live.views.leave(&self.key, &self.written) {
                return;
            }
        }
    }

    const fn at_most_every(&self) -> Duration {
        if matches!(self.route.show, Show::State(_)) { STATE_EVERY } else { ASKED_EVERY }
    }

    /// `None` when it cannot be written now: what was written before stays.
    async fn write<D: Desk>(&self, app: &App<D>) -> Option<Written> {
        // Forms in it carry no name of this look: it is not one reader's. The module gives them one.
        let once = String::new();
        let look = Look { caller: &self.reader, place: self.place.clone(), said: None, kept: Kept::new(), once };
        match look.collect(app, self.route).await {
            Ok(Shown::Page(page)) => event::main(&render(page.as_ref()).ok()?),
            Ok(Shown::NotThere { .. } | Shown::Elsewhere(_) | Shown::Download { .. }) => Some(Written::Gone),
            Err(_) => None,
        }
    }
}

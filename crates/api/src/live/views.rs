//! The views there are: one for each page and kind of reader, shared by all who see the same.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use evenkeel_identity::{Action, Identity};
use evenkeel_pages::{PageRoute, Place, Show};
use evenkeel_record::{Actor, Role};
use tokio::sync::{Semaphore, watch};

use super::event::Written;
use super::view::View;
use crate::Desk;
use crate::app::App;

/// So many different views are kept up to date; with 50 KiB each they hold 25 MiB.
const VIEWS_MAX: usize = 500;

/// What a page depends on besides the state: which it is, and who looks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    place: String,
    person: Option<Arc<str>>,
    role: Option<Role>,
    may: Vec<Action>,
}

/// The views there are.
pub(super) struct Views {
    known: Mutex<BTreeMap<Key, Weak<watch::Sender<Written>>>>,
    /// Pages that come of the state alone are written one after the other, so that all of them take one core at most.
    pub(super) writing: Semaphore,
    /// The same for those that ask the evidence or the journal first.
    pub(super) asking: Semaphore,
}

impl Default for Views {
    fn default() -> Self {
        Self { known: Mutex::default(), writing: Semaphore::new(1), asking: Semaphore::new(1) }
    }
}

impl Views {
    /// What is written of a page for such a reader from now on; `None` when there are too many views.
    pub(super) fn look_at<D: Desk>(
        &self,
        app: &Arc<App<D>>,
        route: &'static PageRoute,
        place: Place,
        caller: &Identity,
    ) -> Option<watch::Receiver<Written>> {
        let may = Action::ALL.into_iter().filter(|action| caller.allows(*action)).collect();
        let key = Key { place: place.whole(), person: caller.person.clone(), role: caller.role, may };
        let mut known = self.known();
        if let Some(view) = known.get(&key).and_then(Weak::upgrade) {
            let mut written = view.subscribe();
            written.mark_changed();
            return Some(written);
        }
        if known.len() >= VIEWS_MAX {
            known.retain(|_, view| view.strong_count() > 0);
        }
        if known.len() >= VIEWS_MAX {
            return None;
        }
        let (sender, written) = watch::channel(Written::Nothing);
        let sender = Arc::new(sender);
        known.insert(key.clone(), Arc::downgrade(&sender));
        let view = View { key, route, place, reader: kind_of(caller), written: sender };
        tokio::spawn(view.keep(app.clone()));
        Some(written)
    }

    /// Takes a view out if nobody looks at it any more.
    pub(super) fn leave(&self, key: &Key, sender: &watch::Sender<Written>) -> bool {
        let mut known = self.known();
        let left = sender.receiver_count() == 0;
        if left {
            known.remove(key);
        }
        left
    }

    pub(super) fn turn(&self, show: &Show) -> &Semaphore {
        if matches!(show, Show::State(_)) { &self.writing } else { &self.asking }
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<Key, Weak<watch::Sender<Written>>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The reader as far as the view depends on them: nothing of a token is in there that another one may not see.
fn kind_of(caller: &Identity) -> Identity {
    let actor = caller.person.as_ref().map_or_else(|| "reader".into(), |person| format!("person:{person}").into());
    let (person, role, rights) = (caller.person.clone(), caller.role, caller.rights);
    Identity { actor: Actor(actor), token: None, person, source: None, role, rights }
}

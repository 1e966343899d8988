//! Connections put aside for the next request to the same place.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::connection::Connection;

/// Idle connections by what they may be used for. The one used last is used first, so that the others can grow old.
#[derive(Debug, Default)]
pub(crate) struct Idle {
    shelf: Mutex<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    places: BTreeMap<String, Vec<Connection>>,
    count: usize,
    swept_at: Option<Instant>,
}

/// As many as the dispatcher sends to one place at once by default.
const PER_PLACE: usize = 16;
const IN_ALL: usize = 256;
/// Shorter than the 60 s after which common proxies close.
const IDLE_FOR: Duration = Duration::from_secs(50);
const SWEEP_EVERY: Duration = Duration::from_secs(10);

impl Idle {
    /// A connection that can be used now.
    pub(crate) fn take(&self, place: &str) -> Option<Connection> {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let shelf = &mut *shelf;
        let held = shelf.places.get_mut(place)?;
        while let Some(mut connection) = held.pop() {
            shelf.count -= 1;
            if connection.idle_since.elapsed() < IDLE_FOR && connection.usable() {
                return Some(connection);
            }
        }
        None
    }

    /// Drops what is put aside for a place. Where one connection fell silent, the others may lead nowhere as well.
    pub(crate) fn forget(&self, place: &str) {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let dropped = shelf.places.remove(place).map_or(0, |held| held.len());
        shelf.count -= dropped;
    }

    /// Keeps a connection, if it is good for another request and there is room.
    pub(crate) fn put(&self, place: &str, mut connection: Connection) {
        if !connection.usable() {
            return;
        }
        let now = Instant::now();
        connection.idle_since = now;
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.sweep(now);
        if shelf.count >= IN_ALL {
            return;
        }
        let kept = match shelf.places.get_mut(place) {
            Some(held) if held.len() >= PER_PLACE => false,
            Some(held) => {
                held.push(connection);
                true
            }
            None => shelf.places.insert(place.to_owned(), vec![connection]).is_none(),
        };
        shelf.count += usize::from(kept);
    }
}

impl Shelf {
    fn sweep(&mut self, now: Instant) {
        if self.swept_at.is_some_and(|at| now.duration_since(at) < SWEEP_EVERY) {
            return;
        }
        self.swept_at = Some(now);
        self.places.retain(|_, held| {
            held.retain(|connection| now.duration_since(connection.idle_since) < IDLE_FOR);
            !held.is_empty()
        });
        self.count = self.places.values().map(Vec::len).sum();
    }
}

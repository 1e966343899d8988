//! Where senders find the server, and where the one who kills it sees what they are doing.

use std::net::SocketAddr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::server::Server;

/// What happened so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Requests about to be written.
    pub(crate) posting: u64,
    /// Requests that were answered.
    pub(crate) answered: u64,
    /// Whole rounds of work of all senders together.
    pub(crate) rounds: u64,
}

#[derive(Debug, Default)]
struct Scene {
    /// Where it serves, and in which of its lives.
    place: Option<(SocketAddr, u64)>,
    token: String,
    counts: Counts,
    over: bool,
}

/// The server's address while it serves, and what goes on.
#[derive(Debug, Default)]
pub(crate) struct Stage {
    scene: Mutex<Scene>,
    changed: Condvar,
}

impl Stage {
    pub(crate) fn open(&self, server: &Server, life: u64) {
        let (address, token) = (server.address(), server.owner_token());
        self.change(|scene| (scene.place, scene.token) = (Some((address, life)), token));
    }

    /// The owner's token, once the server was there.
    pub(crate) fn token(&self) -> String {
        self.scene().token.clone()
    }

    pub(crate) fn shut(&self) {
        self.change(|scene| scene.place = None);
    }

    /// Ends the senders' work once each had the time for some more.
    pub(crate) fn close_after_a_round(&self, senders: u64) {
        let before = self.counts().rounds;
        self.wait(Duration::from_secs(20), |counts| counts.rounds >= before + senders * 20);
        self.change(|scene| scene.over = true);
    }

    /// Where the server is; waits while there is none. `None` when the work is over.
    pub(crate) fn address(&self) -> Option<SocketAddr> {
        self.place().map(|(address, _)| address)
    }

    /// The same, and which life it is.
    pub(crate) fn place(&self) -> Option<(SocketAddr, u64)> {
        let mut scene = self.scene();
        loop {
            if scene.over {
                return None;
            }
            if let Some(place) = scene.place {
                return Some(place);
            }
            scene = self.changed.wait(scene).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(crate) fn count(&self, count: impl FnOnce(&mut Counts)) {
        self.change(|scene| count(&mut scene.counts));
    }

    pub(crate) fn counts(&self) -> Counts {
        self.scene().counts
    }

    /// Waits until the counts are so, at most that long.
    pub(crate) fn wait(&self, at_most: Duration, mut so: impl FnMut(&Counts) -> bool) {
        let deadline = Instant::now() + at_most;
        let mut scene = self.scene();
        while !so(&scene.counts) {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return };
            (scene, _) = self.changed.wait_timeout(scene, left).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets that much time pass.
    pub(crate) fn pause(&self, lasting: Duration) {
        self.wait(lasting, |_| false);
    }

    fn change(&self, change: impl FnOnce(&mut Scene)) {
        change(&mut self.scene());
        self.changed.notify_all();
    }

    fn scene(&self) -> MutexGuard<'_, Scene> {
        self.scene.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

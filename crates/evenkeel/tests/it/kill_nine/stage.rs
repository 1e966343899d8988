//! Where senders find the server, and where the one who kills it sees what they are doing.

use std::net::SocketAddr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::server::Server;

/// What happened so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// Requests about to be written.
    pub(super) posting: u64,
    /// Requests that were answered.
    pub(super) answered: u64,
    /// Whole rounds of work of all senders together.
    pub(super) rounds: u64,
}

#[derive(Debug, Default)]
struct Scene {
    address: Option<SocketAddr>,
    token: String,
    counts: Counts,
    over: bool,
}

/// The server's address while it serves, and what goes on.
#[derive(Debug, Default)]
pub(super) struct Stage {
    scene: Mutex<Scene>,
    changed: Condvar,
}

impl Stage {
    pub(super) fn open(&self, server: &Server) {
        let (address, token) = (server.address(), server.owner_token());
        self.change(|scene| (scene.address, scene.token) = (Some(address), token));
    }

    /// The owner's token, once the server was there.
    pub(super) fn token(&self) -> String {
        self.scene().token.clone()
    }

    pub(super) fn shut(&self) {
        self.change(|scene| scene.address = None);
    }

    /// Ends the senders' work once each had the time for some more.
    pub(super) fn close_after_a_round(&self, senders: u64) {
        let before = self.counts().rounds;
        self.wait(Duration::from_secs(20), |counts| counts.rounds >= before + senders * 20);
        self.change(|scene| scene.over = true);
    }

    /// Where the server is; waits while there is none. `None` when the work is over.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        let mut scene = self.scene();
        loop {
            if scene.over {
                return None;
            }
            if let Some(address) = scene.address {
                return Some(address);
            }
            scene = self.changed.wait(scene).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn count(&self, count: impl FnOnce(&mut Counts)) {
        self.change(|scene| count(&mut scene.counts));
    }

    pub(super) fn counts(&self) -> Counts {
        self.scene().counts
    }

    /// Waits until the counts are so, at most that long.
    pub(super) fn wait(&self, at_most: Duration, mut so: impl FnMut(&Counts) -> bool) {
        let deadline = Instant::now() + at_most;
        let mut scene = self.scene();
        while !so(&scene.counts) {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return };
            (scene, _) = self.changed.wait_timeout(scene, left).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets that much time pass.
    pub(super) fn pause(&self, lasting: Duration) {
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

//! Looks after the store of metrics: blocks are made and joined, what is too old goes. One thread, one piece of work at a time.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use evenkeel_tsdb::Work;

use super::Measured;
use crate::serve::wall_now;

/// Between two looks when there was nothing to do.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// After a fault, such as a full disk.
const AFTER_FAULT: Duration = Duration::from_secs(30);

/// The thread; ends when it is stopped.
pub(crate) struct Upkeep {
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: JoinHandle<()>,
}

impl Upkeep {
    /// Begins.
    pub(crate) fn start(measured: Arc<Measured>) -> std::io::Result<Self> {
        let stop = Arc::new((Mutex::new(false), Condvar::new()));
        let asked = Arc::clone(&stop);
        let thread = thread::Builder::new().name("metrics".to_owned()).spawn(move || {
            let mut rest = LOOK_EVERY;
            while !stopped(&asked, rest) {
                rest = match measured.store.tick(wall_now()) {
                    Ok(Work::Nothing) => LOOK_EVERY,
                    Ok(work) => {
                        tracing::debug!(?work, "metrics: upkeep");
                        Duration::ZERO
                    }
                    Err(fault) => {
                        tracing::error!(%fault, "metrics: upkeep failed, and is tried again");
                        AFTER_FAULT
                    }
                };
            }
            // A start then has no log to read.
            if let Err(fault) = measured.store.close(wall_now()) {
                tracing::warn!(%fault, "metrics stay in the log for the next start");
            }
        })?;
        Ok(Self { stop, thread })
    }

    /// Lets the piece of work that is under way end.
    pub(crate) fn stop(self) {
        *self.stop.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.1.notify_all();
        if self.thread.join().is_err() {
            tracing::error!("the upkeep of metrics ended by a bug");
        }
    }
}

/// Waits so long, unless it is stopped; says whether it is.
fn stopped((stop, woken): &(Mutex<bool>, Condvar), within: Duration) -> bool {
    let held = stop.lock().unwrap_or_else(PoisonError::into_inner);
    let waited = woken.wait_timeout_while(held, within, |stop| !*stop);
    *waited.unwrap_or_else(PoisonError::into_inner).0
}

//! Waiting with a deadline: look, and look again soon.

use std::thread;
use std::time::{Duration, Instant};

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// The first thing that `look` finds within that time.
///
/// # Panics
/// When the time is over; `what` says what did not come.
pub(crate) fn until<T>(what: &str, within: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + within;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "within {within:?}: {what}");
        thread::park_timeout(LOOK_EVERY);
    }
}

/// Asserts that something goes on being so for that long.
///
/// # Panics
/// As soon as it is not.
pub(crate) fn stays(what: &str, lasting: Duration, mut look: impl FnMut() -> bool) {
    let end = Instant::now() + lasting;
    while Instant::now() < end {
        assert!(look(), "for {lasting:?}: {what}");
        thread::park_timeout(LOOK_EVERY);
    }
}

//! A bug planted on purpose, so that a test can be tested: commits that do not reach the disk.
//!
//! Without the feature `planted-bugs` it cannot be planted.

/// How far a commit goes before it counts.
#[cfg(not(feature = "planted-bugs"))]
pub(crate) const fn synchronous() -> &'static str {
    "FULL"
}

#[cfg(feature = "planted-bugs")]
pub use plant::skip_sync;
#[cfg(feature = "planted-bugs")]
pub(crate) use plant::synchronous;

#[cfg(feature = "planted-bugs")]
mod plant {
    use std::sync::atomic::{AtomicBool, Ordering};

    static SKIP_SYNC: AtomicBool = AtomicBool::new(false);

    /// Journals opened from now on in this process do not sync.
    pub fn skip_sync() {
        SKIP_SYNC.store(true, Ordering::SeqCst);
    }

    pub(crate) fn synchronous() -> &'static str {
        if SKIP_SYNC.load(Ordering::SeqCst) { "OFF" } else { "FULL" }
    }
}

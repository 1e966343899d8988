//! Wrong tokens are answered slowly, and only so many at once.
//!
//! Nobody guesses 256 bits. What this bounds is the work that guessing makes, without locking out whoever has the
//! right token: there is no count per caller that somebody else could drive up.

use std::time::Duration;

use tokio::sync::Semaphore;

/// How long a wrong token waits for its answer.
const ANSWER_AFTER: Duration = Duration::from_millis(250);
/// So many wait at once; more are answered at once that they are too many.
const WAITING_MAX: usize = 32;

/// The requests with wrong tokens that wait for their answer.
#[derive(Debug)]
pub(crate) struct Failures(Semaphore);

impl Default for Failures {
    fn default() -> Self {
        Self(Semaphore::new(WAITING_MAX))
    }
}

impl Failures {
    /// Waits before a wrong token is answered; false when too many wait already.
    pub(crate) async fn slow_down(&self) -> bool {
        let Ok(_waits) = self.0.try_acquire() else { return false };
        tokio::time::sleep(ANSWER_AFTER).await;
        true
    }
}

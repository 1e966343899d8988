//! Who takes what the listener brings.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use ::http::HeaderMap;
use evenkeel_metric::Batch;
use evenkeel_time::Timestamp;

use crate::{IntakeFault, MetricsIntake, Options, PartialSuccess};

/// The program round the listener: its clock, its doorkeeper, its store.
pub trait Host: Send + Sync + 'static {
    /// The time.
    fn now(&self) -> Timestamp;

    /// Who a sender is, when it may send.
    ///
    /// # Errors
    /// [`Denied`].
    fn admit(&self, peer: SocketAddr, headers: &HeaderMap) -> Result<Arc<str>, Denied>;

    /// Keeps a batch of a sender. It comes to its end when the batch is durable: what it says is what the sender is told.
    fn append(
        &self,
        sender: Arc<str>,
        batch: Batch,
    ) -> Pin<Box<dyn Future<Output = Result<Kept, Unavailable>> + Send + '_>>;
}

/// Why a sender may not send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// Whether it is known who it is.
    pub known: bool,
    /// What it is told.
    pub why: String,
}

/// How a batch was kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Samples that were not.
    pub refused: u64,
    /// Why, the first ones.
    pub reasons: Vec<String>,
}

/// Nothing was kept; the sender may try again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable(
    /// What it is told.
    pub String,
);

/// Takes requests from any number of listeners.
pub struct Receiver {
    pub(super) host: Box<dyn Host>,
    intake: Mutex<MetricsIntake>,
    pub(super) options: Options,
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receiver").field("options", &self.options).finish_non_exhaustive()
    }
}

/// Why a request of metrics was not taken.
pub(super) enum NotTaken {
    Fault(IntakeFault),
    Unavailable(Unavailable),
}

impl Receiver {
    /// A receiver that has heard of nothing yet.
    #[must_use]
    pub fn new(host: impl Host, options: Options) -> Self {
        Self { host: Box::new(host), intake: Mutex::new(MetricsIntake::new(options.clone())), options }
    }

    /// Takes an `ExportMetricsServiceRequest`, and says what was not kept of it.
    pub(super) async fn take(&self, sender: Arc<str>, message: &[u8]) -> Result<PartialSuccess, NotTaken> {
        let mut batch = Batch::default();
        let now = self.host.now();
        let taken = {
            // What a panic leaves behind are counts as they were before the point that caused it.
            let mut intake = self.intake.lock().unwrap_or_else(PoisonError::into_inner);
            intake.take(message, now, &mut batch)
        };
        let mut partial = taken.map_err(NotTaken::Fault)?;
        if !batch.is_empty() {
            let kept = self.host.append(sender, batch).await.map_err(NotTaken::Unavailable)?;
            if kept.refused > 0 {
                let mut reasons = kept.reasons.into_iter();
                let first = reasons.next().unwrap_or_else(|| "the store did not take all samples".to_owned());
                partial.reject(kept.refused, || first);
                reasons.for_each(|reason| partial.reject(0, || reason));
            }
        }
        Ok(partial)
    }
}

//! One address of a page or an update, and how far it got there.

use std::sync::Arc;

use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::volatile::Volatile;

/// One address: a contact of a person, an integration of a receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Its name: `phone`, `slack[0]`; of an update `receiver/slack[0]`.
    pub name: Arc<str>,
    /// When it is tried.
    pub at: Timestamp,
    /// How far it got.
    pub progress: Progress,
    /// Attempts made. Volatile.
    pub attempts: Volatile<u32>,
    /// When it is tried again; `None` while an attempt is under way. Volatile.
    pub retry_at: Volatile<Option<Timestamp>>,
}

/// How far a message got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    /// Its time has not come.
    Waiting,
    /// It is being sent, perhaps again, for the reason given.
    Sending(Option<Box<str>>),
    /// It arrived.
    Delivered {
        /// When.
        at: Timestamp,
        /// After so many attempts.
        attempts: u32,
    },
    /// It was given up.
    Failed {
        /// Why.
        reason: Box<str>,
        /// After so many attempts.
        attempts: u32,
    },
    /// It was not needed any more.
    Dropped,
}

impl Address {
    pub(crate) fn waiting(name: Arc<str>, at: Timestamp) -> Self {
        Self { name, at, progress: Progress::Waiting, attempts: Volatile(0), retry_at: Volatile(None) }
    }

    /// Whether something is still to be done for it.
    #[must_use]
    pub fn open(&self) -> bool {
        matches!(self.progress, Progress::Waiting | Progress::Sending(_))
    }

    pub(crate) fn drop_if_open(&mut self) {
        if self.open() {
            self.progress = Progress::Dropped;
            self.retry_at = Volatile(None);
        }
    }
}

impl Progress {
    /// As printed.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending(_) => "sending",
            Self::Delivered { .. } => "delivered",
            Self::Failed { .. } => "failed",
            Self::Dropped => "dropped",
        }
    }
}

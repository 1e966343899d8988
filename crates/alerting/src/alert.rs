//! One alert: its identity, what is said about it, and its lease.

use std::sync::Arc;

use evenkeel_ids::{AlertId, GroupId};
use evenkeel_labels::LabelSet;
use evenkeel_record::ResolveCause;
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

/// An alert that fires, or whose recovery is not told everywhere yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Which firing.
    pub id: AlertId,
    /// What it is.
    pub labels: LabelSet,
    /// What is said about it.
    pub annotations: LabelSet,
    /// When it began, as the sender has it.
    pub starts_at: Timestamp,
    /// Where the sender shows it.
    pub generator_url: Arc<str>,
    /// Whether it fires.
    pub status: Status,
    /// The groups it is in.
    pub groups: Vec<GroupId>,
    /// How many open notices speak of it; it is kept until they are closed.
    pub open_notices: u32,
    /// How long its sender's first word held: how long it may take until that sender speaks again.
    pub lease_for: Duration,
    /// When it was last heard of, and for how long that holds. Volatile.
    pub lease: Lease,
}

/// Whether an alert fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It fires.
    Firing,
    /// It does not any more.
    Resolved {
        /// When it ended.
        ends_at: Timestamp,
        /// Why it counts as resolved.
        cause: ResolveCause,
    },
}

/// How long an alert counts as firing unless heard of again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// When it was last heard of.
    pub seen_at: Timestamp,
    /// When it expires.
    pub until: Timestamp,
    /// Whether the sender named the end itself.
    pub told: bool,
}

impl Alert {
    /// Whether it fires.
    #[must_use]
    pub fn fires(&self) -> bool {
        self.status == Status::Firing
    }

    /// When it ended; `None` while it fires.
    #[must_use]
    pub fn ends_at(&self) -> Option<Timestamp> {
        match self.status {
            Status::Firing => None,
            Status::Resolved { ends_at, .. } => Some(ends_at),
        }
    }
}

//! One notice without an outcome yet.

use std::sync::Arc;

use evenkeel_ids::{AlertId, GroupId, NoticeId};
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

/// A message that was decided and has no outcome yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// Which.
    pub id: NoticeId,
    /// Of which group.
    pub group: GroupId,
    /// To whom.
    pub receiver: Arc<str>,
    /// Through what.
    pub integration: Arc<str>,
    /// Alerts told as firing. Sorted.
    pub firing: Vec<AlertId>,
    /// Alerts told as resolved. Sorted.
    pub resolved: Vec<AlertId>,
    /// When it was decided, by the wall clock.
    pub intended_at: Timestamp,
    /// After this it is given up.
    pub not_after: Timestamp,
    /// Why the last attempt failed, as far as it is on record.
    pub failing: Option<Box<str>>,
    /// Whether an attempt may have arrived although no outcome says so. Volatile; after a crash it is so anyway.
    pub doubtful: bool,
    /// Attempts made. Volatile.
    pub attempts: u32,
    /// When it is tried again; `None` while an attempt is under way. Volatile.
    pub retry_at: Option<Timestamp>,
}

impl Notice {
    pub(crate) fn alerts(&self) -> impl Iterator<Item = AlertId> {
        self.firing.iter().chain(&self.resolved).copied()
    }

    pub(crate) fn speaks_of(&self, alert: AlertId) -> bool {
        self.firing.binary_search(&alert).is_ok() || self.resolved.binary_search(&alert).is_ok()
    }
}

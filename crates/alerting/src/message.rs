//! What a notice says, ready to be rendered and sent.

use std::sync::Arc;

use evenkeel_ids::NoticeId;
use evenkeel_labels::LabelSet;
use evenkeel_time::Timestamp;

/// One notice for one integration, with everything that rendering needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Which notice.
    pub notice: NoticeId,
    /// The receiver's name.
    pub receiver: Arc<str>,
    /// The integration's name, `webhook[0]`.
    pub integration: Arc<str>,
    /// Alertmanager's group key, `{}/{severity="page"}:{alertname="x"}`.
    pub group_key: String,
    /// The grouping labels.
    pub group_labels: LabelSet,
    /// In Alertmanager's order: by job, instance, then all labels.
    pub alerts: Vec<MessageAlert>,
    /// Counts from 1.
    pub attempt: u32,
    /// No attempt may last beyond this.
    pub not_after: Timestamp,
    /// The same for every attempt of this notice, also after a restart.
    pub idempotency_key: String,
}

/// One alert of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageAlert {
    /// What it is.
    pub labels: LabelSet,
    /// What is said about it.
    pub annotations: LabelSet,
    /// When it began.
    pub starts_at: Timestamp,
    /// When it ended; `None` while it fires.
    pub ends_at: Option<Timestamp>,
    /// Where the sender shows it.
    pub generator_url: Arc<str>,
}

impl Message {
    /// Whether any of its alerts fires.
    #[must_use]
    pub fn firing(&self) -> bool {
        self.alerts.iter().any(|alert| alert.ends_at.is_none())
    }
}

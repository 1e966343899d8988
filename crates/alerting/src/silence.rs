//! One silence.

use evenkeel_ids::SilenceId;
use evenkeel_labels::Matchers;
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long an ended silence can still be looked at. Source: Alertmanager, `--data.retention`.
pub const SILENCE_KEPT_FOR: Duration = Duration::hours(120);

/// Alerts that match are not told while it is active.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Silence {
    /// Which.
    pub id: SilenceId,
    /// What is silenced.
    pub matchers: Matchers,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when, exclusive.
    pub ends_at: Timestamp,
    /// Whether somebody ended it: then it is over, also by a wall clock that was set back to before that.
    pub ended: bool,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who says they set it.
    pub created_by: Box<str>,
    /// Why.
    pub comment: Box<str>,
}

/// Where in its life a silence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SilenceState {
    /// Not yet.
    Pending,
    /// Now.
    Active,
    /// Over.
    Expired,
}

impl SilenceState {
    /// Alertmanager's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Expired => "expired",
        }
    }
}

impl Silence {
    /// Where in its life it is. Source: Alertmanager, `types.CalcSilenceState`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> SilenceState {
        if self.ended {
            SilenceState::Expired
        } else if now < self.starts_at {
            SilenceState::Pending
        } else if now < self.ends_at {
            SilenceState::Active
        } else {
            SilenceState::Expired
        }
    }
}

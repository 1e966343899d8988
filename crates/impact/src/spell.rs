//! For how long something was hit in one way.

use std::sync::Arc;

use evenkeel_ids::IncidentId;
use evenkeel_severity::Severity;
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

/// For how long something was hit in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// By which incident.
    pub incident: IncidentId,
    /// What is hit, where anybody wrote that down.
    pub workload: Option<Arc<str>>,
    /// The response plan, which says how hard.
    pub response_plan: Arc<str>,
    /// How bad it is.
    pub severity: Severity,
    /// Whether a person said how bad it is.
    pub by_hand: bool,
    /// Whether customers notice.
    pub customer_visible: bool,
    /// From.
    pub from: Timestamp,
    /// Until, not included; `None`: it lasts.
    pub until: Option<Timestamp>,
}

//! Problems: causes that are not removed.

use std::sync::Arc;

use evenkeel_ids::{IncidentId, ProblemId};
use evenkeel_record::ProblemCause;
use evenkeel_time::Timestamp;
use serde::{Deserialize, Serialize};

/// Incidents that have one cause, which is not removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Which.
    pub id: ProblemId,
    /// What it is called.
    pub title: Box<str>,
    /// Its incidents, oldest first.
    pub incidents: Vec<IncidentId>,
    /// What showed it.
    pub cause: ProblemCause,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When and how the cause was removed.
    pub resolved: Option<(Timestamp, Box<str>)>,
}

/// The last incident of a key, to know a recurrence by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cause {
    pub(crate) incident: IncidentId,
    pub(crate) at: Timestamp,
    pub(crate) problem: Option<ProblemId>,
    pub(crate) title: Arc<str>,
}

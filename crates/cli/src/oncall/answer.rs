//! Who is on call, as the server says it, and as it is said from an ops repo.

use serde::{Deserialize, Serialize};

use crate::client::Instant;

/// Who is on call at an instant.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Now {
    pub(super) at: Instant,
    pub(super) schedules: Vec<OnCall>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OnCall {
    pub(super) schedule: String,
    #[serde(default)]
    pub(super) people: Vec<String>,
    #[serde(default)]
    pub(super) because: String,
    pub(super) since: Option<Instant>,
    pub(super) until: Option<Instant>,
    pub(super) next: Option<Next>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    pub(super) people: Vec<String>,
    pub(super) from: Instant,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Shifts {
    pub(super) shifts: Vec<Shift>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Shift {
    pub(super) from: Instant,
    pub(super) until: Instant,
    #[serde(default)]
    pub(super) people: Vec<String>,
    #[serde(default)]
    pub(super) because: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Gaps {
    pub(super) gaps: Vec<Gap>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Gap {
    pub(super) schedule: String,
    pub(super) from: Instant,
    pub(super) until: Instant,
    pub(super) hours: f64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Loads {
    pub(super) load: Vec<Load>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Load {
    pub(super) person: String,
    pub(super) hours: f64,
    pub(super) nights: u64,
    pub(super) weekend_days: u64,
    /// Not known from an ops repo.
    pub(super) pages: Option<u64>,
    /// Not known from an ops repo.
    pub(super) night_pages: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Overrides {
    pub(super) overrides: Vec<Override>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Override {
    pub(super) id: String,
    pub(super) schedule: String,
    pub(super) from: Instant,
    pub(super) until: Instant,
    pub(super) person: String,
    pub(super) replaces: Option<String>,
    #[serde(default)]
    pub(super) reason: String,
}

//! What the server says of reviews, improvements and milestones.

use serde::Deserialize;
use serde_json::Value;

use crate::client::Instant;

/// Something that is printed as it is.
#[derive(Debug, Deserialize)]
pub(super) struct Rendered {
    pub(super) text: String,
    #[serde(default)]
    pub(super) fails: bool,
}

/// Where a review stands; what a milestone keeps.
#[derive(Debug, Deserialize)]
pub(super) struct Standing {
    pub(super) standing: Value,
}

/// A review in JSON, as far as taking something up needs it.
#[derive(Debug, Deserialize)]
pub(super) struct Reviewed {
    pub(super) lens: Lens,
    pub(super) practices: Vec<Practice>,
    #[serde(default)]
    pub(super) improvements: Vec<Step>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Lens {
    pub(super) hash: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Practice {
    pub(super) key: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) verdicts: Vec<Judged>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Judged {
    pub(super) subject: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Step {
    pub(super) next: Option<String>,
    pub(super) owner: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Improvements {
    pub(super) improvements: Vec<Improvement>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Improvement {
    pub(super) id: String,
    pub(super) practice: String,
    pub(super) subject: String,
    pub(super) owner: String,
    pub(super) title: String,
    pub(super) at: Instant,
    #[serde(default)]
    pub(super) closed_at: Option<Instant>,
    #[serde(default)]
    pub(super) reopened: u32,
}

#[derive(Debug, Deserialize)]
pub(super) struct Milestone {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) seq: u64,
    pub(super) window_end: Instant,
}

//! Problems as the server tells of them.

use serde::Deserialize;

use crate::client::{Instant, line};

#[derive(Debug, Deserialize)]
pub(super) struct Problems {
    pub(super) problems: Vec<Problem>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Problem {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) cause: String,
    #[serde(default)]
    incidents: Vec<String>,
    pub(super) opened_at: Instant,
    pub(super) resolved_at: Option<Instant>,
    pub(super) reason: Option<String>,
}

impl Problem {
    /// Its incidents on one line.
    pub(super) fn incidents(&self) -> String {
        let ids: Vec<String> = self.incidents.iter().map(|id| line(id)).collect();
        ids.join(", ")
    }
}

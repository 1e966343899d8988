//! Incidents as the server tells of them.

use std::collections::BTreeMap;

use evenkeel_severity::Severity;
use serde::Deserialize;

use crate::client::Instant;

/// The answer to a list.
#[derive(Debug, Deserialize)]
pub(super) struct Incidents {
    pub(super) incidents: Vec<Incident>,
}

/// One incident, in short.
#[derive(Debug, Deserialize)]
pub(super) struct Incident {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) status: String,
    pub(super) paused: Option<Paused>,
    pub(super) severity: Severity,
    #[serde(default)]
    pub(super) severity_reason: String,
    #[serde(default)]
    pub(super) customer_visible: bool,
    pub(super) workload: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) response_plan: Option<String>,
    pub(super) priority: Option<String>,
    pub(super) opened_at: Instant,
    pub(super) acknowledged: Option<Acknowledged>,
    pub(super) resolved_at: Option<Instant>,
    #[serde(default)]
    pub(super) workaround: bool,
    #[serde(default)]
    pub(super) roles: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) alert_count: u64,
    #[serde(default)]
    pub(super) firing_count: u64,
    pub(super) escalation: Option<Escalation>,
    pub(super) unroutable: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) merged_into: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Paused {
    #[serde(default)]
    pub(super) reason: String,
    pub(super) until: Option<Instant>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Acknowledged {
    pub(super) person: Option<String>,
    pub(super) actor: Option<String>,
    pub(super) at: Instant,
    pub(super) until: Option<Instant>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Escalation {
    pub(super) policy: String,
    pub(super) step: u32,
    pub(super) steps: u32,
    #[serde(default)]
    pub(super) round: u32,
    #[serde(default)]
    pub(super) last_resort: bool,
    pub(super) next_at: Option<Instant>,
}

/// One incident with all that is known.
#[derive(Debug, Deserialize)]
pub(super) struct Detail {
    #[serde(flatten)]
    pub(super) incident: Incident,
    #[serde(default)]
    pub(super) alerts: Vec<Alert>,
    pub(super) impact: Option<Impact>,
    #[serde(default)]
    pub(super) dependencies: Dependencies,
    #[serde(default)]
    pub(super) related: Vec<Related>,
    pub(super) procedure: Option<String>,
    #[serde(default)]
    pub(super) without_asking: Vec<String>,
    pub(super) last_change: Option<LastChange>,
    #[serde(default)]
    pub(super) pages: Vec<Page>,
    #[serde(default)]
    pub(super) updates: Vec<Update>,
    #[serde(default)]
    pub(super) timeline: Vec<Entry>,
    #[serde(default)]
    pub(super) timeline_omitted: u64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Alert {
    pub(super) id: String,
    #[serde(default)]
    pub(super) labels: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) annotations: BTreeMap<String, String>,
    pub(super) starts_at: Instant,
    pub(super) ends_at: Option<Instant>,
    #[serde(default)]
    pub(super) generator_url: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Impact {
    pub(super) tier: Option<u32>,
    #[serde(default)]
    pub(super) who: String,
    #[serde(default)]
    pub(super) what: String,
    #[serde(default)]
    pub(super) components: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Dependencies {
    #[serde(default)]
    pub(super) depends_on: Vec<Dependency>,
    #[serde(default)]
    pub(super) dependants: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Dependency {
    pub(super) workload: String,
    #[serde(default)]
    pub(super) hard: bool,
    #[serde(default)]
    pub(super) open_incidents: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Related {
    pub(super) incident: Incident,
    pub(super) relation: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct LastChange {
    pub(super) what: String,
    pub(super) at: Instant,
}

#[derive(Debug, Deserialize)]
pub(super) struct Page {
    pub(super) id: String,
    pub(super) to: String,
    pub(super) ask: String,
    pub(super) update: Option<String>,
    #[serde(default)]
    pub(super) because: Vec<String>,
    pub(super) status: String,
    pub(super) opened_at: Instant,
    pub(super) not_after: Option<Instant>,
    #[serde(default)]
    pub(super) contacts: Vec<Contact>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    pub(super) contact: String,
    pub(super) at: Option<Instant>,
    pub(super) status: String,
    #[serde(default)]
    pub(super) attempts: u32,
    pub(super) reason: Option<String>,
}

/// What stakeholders or customers are told.
#[derive(Debug, Deserialize)]
pub(super) struct Update {
    pub(super) id: String,
    pub(super) audience: String,
    pub(super) kind: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) approvers: Vec<String>,
    pub(super) approved_by: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) created_at: Option<Instant>,
    #[serde(default)]
    pub(super) addresses: Vec<Address>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Address {
    pub(super) address: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) attempts: u32,
    pub(super) reason: Option<String>,
}

/// One line of what happened.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    pub(super) at: Instant,
    pub(super) actor: String,
    pub(super) what: String,
}

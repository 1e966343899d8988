//! Escalation policies: who is paged, and who next when nobody answers.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_time::Duration;

/// Who is paged, and who next when nobody acknowledges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationPolicy {
    /// The document's name.
    pub name: Arc<str>,
    /// In order. Never empty.
    pub steps: Vec<EscalationStep>,
    /// How often the steps are gone through again. After the last round the organisation's last resort is paged, again
    /// and again until somebody acknowledges.
    pub repeat: u32,
    /// How long an acknowledgement holds. Then who acknowledged is asked again, and after the step's wait the next step
    /// is paged.
    pub acknowledge_for: Duration,
    /// What responders may do without asking, as they read it on the page.
    pub without_asking: Vec<Box<str>>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationStep {
    /// People, schedules, teams or receivers. Never empty.
    pub to: Vec<DocumentRef>,
    /// How long an acknowledgement is waited for before the next step.
    pub wait: Duration,
}

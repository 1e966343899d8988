//! `kind: ResponsePlan` and `kind: CommunicationPlan` as parsed.

use evenkeel_severity::Severity;
use evenkeel_time::Duration;

use super::{Name, Reference, Text};
use crate::{Hit, UpdateTemplates};

/// `kind: ResponsePlan`.
#[derive(Debug, Clone)]
pub struct ResponseDocument {
    /// `receivers`.
    pub receivers: Vec<Name>,
    /// `workload`.
    pub workload: Option<Name>,
    /// `environment`: one of the workload's.
    pub environment: Option<Name>,
    /// `escalation`: a policy.
    pub escalation: Option<Name>,
    /// `impact`.
    pub impact: Hit,
    /// `procedure`.
    pub procedure: Option<Text>,
    /// `customerVisible`.
    pub customer_visible: Option<bool>,
    /// `communication`: a communication plan.
    pub communication: Option<Name>,
    /// `reopenWithin`.
    pub reopen_within: Duration,
}

/// `kind: CommunicationPlan`.
#[derive(Debug, Clone)]
pub struct CommunicationDocument {
    /// `audiences`, in the order of the file.
    pub audiences: Vec<AudienceDocument>,
}

/// One of `audiences`.
#[derive(Debug, Clone)]
pub struct AudienceDocument {
    /// Unique in the plan.
    pub name: Name,
    /// `customers`.
    pub customers: bool,
    /// `receivers`.
    pub receivers: Vec<Name>,
    /// `fromSeverity`.
    pub from_severity: Severity,
    /// `cadence`.
    pub cadence: Option<Duration>,
    /// People, teams and schedules.
    pub approvers: Vec<Reference>,
    /// `templates`, each checked already.
    pub templates: UpdateTemplates,
}

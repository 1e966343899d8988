//! Response plans: what an alert becomes when somebody has to act.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_severity::Severity;
use evenkeel_time::Duration;

/// What the alerts of a receiver's routes become: an incident, with who is paged and how bad it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponsePlan {
    /// The document's name.
    pub name: Arc<str>,
    /// A team or a person; the workload's owner unless written.
    pub owner: Option<DocumentRef>,
    /// It is attached to every route that leads to one of these. A receiver has one response plan at most.
    pub receivers: Vec<Arc<str>>,
    /// What is hit.
    pub workload: Option<Arc<str>>,
    /// Where; one of the workload's.
    pub environment: Option<Arc<str>>,
    /// Who is paged; the owner's policy unless written.
    pub escalation: Option<Arc<str>>,
    /// How hard the workload is hit.
    pub impact: Hit,
    /// What helps: a path in the ops repo or an address.
    pub procedure: Option<Box<str>>,
    /// Whether customers notice; as the workload has it unless written.
    pub customer_visible: Option<bool>,
    /// Who is told how it goes.
    pub communication: Option<Arc<str>>,
    /// The same again within this long after it was resolved opens the incident again.
    pub reopen_within: Duration,
}

/// How hard a workload is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// It does not work.
    Outage,
    /// It works badly.
    Degraded,
    /// Something in it is wrong and few notice.
    Minor,
    /// Nobody notices yet.
    None,
}

impl Hit {
    /// All, worst first.
    pub const ALL: [Self; 4] = [Self::Outage, Self::Degraded, Self::Minor, Self::None];

    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Degraded => "degraded",
            Self::Minor => "minor",
            Self::None => "none",
        }
    }
}

/// Who is told how an incident goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunicationPlan {
    /// The document's name.
    pub name: Arc<str>,
    /// In the order of the file.
    pub audiences: Vec<Audience>,
}

/// Some who are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// Its name, unique in the plan.
    pub name: Arc<str>,
    /// Customers: told of customer-visible incidents only.
    pub customers: bool,
    /// Through which receivers. Never empty.
    pub receivers: Vec<Arc<str>>,
    /// They are told of incidents as bad as this or worse.
    pub from_severity: Severity,
    /// How often, while it lasts; `None`: of beginning and end only.
    pub cadence: Option<Duration>,
    /// People, teams or schedules, one of whom has to approve each text; empty: it goes at once.
    pub approvers: Vec<DocumentRef>,
    /// Texts in place of the default ones.
    pub templates: UpdateTemplates,
}

/// Jinja templates of updates; `None` is the default text.
///
/// They are given `incident` (`id`, `title`, `severity`, `status`, `opened_at`, `resolved_at`, `lasted`), `workload`
/// (`name`, `who`, `what`), `note` (the newest note meant for them, or empty) and `next_update_at`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UpdateTemplates {
    /// The first notice.
    pub first: Option<Box<str>>,
    /// While it lasts.
    pub update: Option<Box<str>>,
    /// When it is over.
    pub recovery: Option<Box<str>>,
}

/// One of the organisation's priorities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// Its name; workloads refer to it.
    pub name: Arc<str>,
    /// What it means.
    pub description: Box<str>,
}

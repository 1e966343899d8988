//! Workloads: what is operated, who suffers when it fails, and what it stands on.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;
use evenkeel_labels::LabelSet;

/// What is operated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workload {
    /// The document's name.
    pub name: Arc<str>,
    /// A team or a person.
    pub owner: Option<DocumentRef>,
    /// 1 is what the organisation lives from, 4 what it can do without for days.
    pub tier: u8,
    /// Who and what suffers when it fails.
    pub impact: Impact,
    /// Its parts, in the order of the file.
    pub components: Vec<Component>,
    /// What it stands on.
    pub depends_on: Vec<Dependency>,
    /// Where it runs, in the order of the file.
    pub environments: Vec<Environment>,
    /// The organisation's priority it serves.
    pub priority: Option<Arc<str>>,
    /// `metadata.labels`.
    pub labels: LabelSet,
}

/// Who and what suffers when a workload fails.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact {
    /// Who, such as `everyone who buys`.
    pub who: Box<str>,
    /// What, such as `no order can be placed`.
    pub what: Box<str>,
    /// Whether customers notice.
    pub customers: bool,
}

/// A part of a workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its name, unique in the workload.
    pub name: Arc<str>,
    /// What it does.
    pub description: Box<str>,
}

/// One workload stands on another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// On which.
    pub workload: Arc<str>,
    /// Whether it fails when the other does; else it only gets worse.
    pub hard: bool,
}

/// Where a workload runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Its name, unique in the workload.
    pub name: Arc<str>,
    /// Whether what happens there matters to anyone outside.
    pub production: bool,
}

//! `kind: Workload` as parsed.

use evenkeel_labels::LabelSet;

use super::Name;
use crate::Impact;

/// `kind: Workload`.
#[derive(Debug, Clone)]
pub struct WorkloadDocument {
    /// 1 to 4; `None`: that of what it is part of.
    pub tier: Option<u8>,
    /// `impact`.
    pub impact: Impact,
    /// `components`, in the order of the file.
    pub components: Vec<ComponentDocument>,
    /// `dependsOn`, in the order of the file.
    pub depends_on: Vec<DependencyDocument>,
    /// `environments`, in the order of the file.
    pub environments: Vec<EnvironmentDocument>,
    /// `priority`: one of the organisation's.
    pub priority: Option<Name>,
    /// `metadata.labels`.
    pub labels: LabelSet,
    /// Other workloads that it is part of, the nearest first; their owner, tier and labels hold where it says none.
    pub part_of: Vec<Name>,
    /// Whether an owner is written elsewhere who is not known here, so that nobody else's holds in their place.
    pub owned_elsewhere: bool,
}

/// One of `components`.
#[derive(Debug, Clone)]
pub struct ComponentDocument {
    /// Unique in the workload.
    pub name: Name,
    /// What it does.
    pub description: Box<str>,
}

/// One of `dependsOn`.
#[derive(Debug, Clone)]
pub struct DependencyDocument {
    /// Another workload.
    pub workload: Name,
    /// Whether this one fails when the other does.
    pub hard: bool,
}

/// One of `environments`.
#[derive(Debug, Clone)]
pub struct EnvironmentDocument {
    /// Unique in the workload.
    pub name: Name,
    /// Whether what happens there matters to anyone outside.
    pub production: bool,
}

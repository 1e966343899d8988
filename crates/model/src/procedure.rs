//! Procedures: what a person, or Evenkeel, does about something.

use std::sync::Arc;

use evenkeel_ids::DocumentRef;

/// What a procedure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProcedureKind {
    /// It does something.
    Runbook,
    /// It finds out something.
    Playbook,
}

/// A runbook or playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// Its name.
    pub name: Arc<str>,
    /// What it is for.
    pub kind: ProcedureKind,
    /// The file's path, relative to the ops repo.
    pub path: Arc<str>,
    /// The first heading, else the name.
    pub title: Box<str>,
    /// A team or a person; the workload's owner when it says none.
    pub owner: Option<DocumentRef>,
    /// What it is about.
    pub workload: Option<Arc<str>>,
    /// Names of its steps, in order.
    pub steps: Vec<Arc<str>>,
}

//! Procedures: what a person, or Evenkeel, does about something.

mod index;

use std::sync::Arc;

use evenkeel_ids::DocumentRef;

pub use index::ProcedureIndex;

/// What a procedure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProcedureKind {
    /// It does something.
    Runbook,
    /// It finds out something.
    Playbook,
}

impl ProcedureKind {
    /// For people: `runbook`, `playbook`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Runbook => "runbook",
            Self::Playbook => "playbook",
        }
    }
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
    /// The page itself, in Markdown, without its front matter.
    pub text: Arc<str>,
}

/// What a value of a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterSort {
    /// Any text.
    String,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// Such as `5m`.
    Duration,
}

impl ParameterSort {
    /// All.
    pub const ALL: [Self; 4] = [Self::String, Self::Integer, Self::Boolean, Self::Duration];

    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Duration => "duration",
        }
    }
}

/// What runs a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepLanguage {
    /// A shell; its outcome is the exit status.
    Sh,
    /// A query of metrics; its outcome is the value.
    PromQl,
    /// A query of a database; its outcome is the value.
    Sql,
    /// A request; its outcome is the status.
    Http,
}

impl StepLanguage {
    /// All.
    pub const ALL: [Self; 4] = [Self::Sh, Self::PromQl, Self::Sql, Self::Http];

    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sh => "sh",
            Self::PromQl => "promql",
            Self::Sql => "sql",
            Self::Http => "http",
        }
    }
}

/// What the outcome of a step has to be: `> 100`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// How the outcome is compared.
    pub comparison: Comparison,
    /// With what: a number, or `{{ name }}` for that of a parameter.
    pub with: Box<str>,
}

/// How an outcome is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// `==`, or no sign at all.
    Equal,
    /// `!=`.
    NotEqual,
    /// `>`.
    Greater,
    /// `>=`.
    AtLeast,
    /// `<`.
    Less,
    /// `<=`.
    AtMost,
}

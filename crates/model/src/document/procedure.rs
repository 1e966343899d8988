//! Runbooks and playbooks as parsed, and Markdown pages beside them.

use evenkeel_diagnostic::{Span, Spanned, Written};

use super::{Name, Reference, Text};
use crate::ProcedureKind;

/// A Markdown file whose front matter says `kind: Runbook` or `kind: Playbook`.
#[derive(Debug, Clone)]
pub struct ProcedureDocument {
    /// The file's path, relative to the ops repo; what others name it by.
    pub path: Box<str>,
    /// What it does.
    pub kind: ProcedureKind,
    /// `name`.
    pub name: Name,
    /// `owner`.
    pub owner: Option<Reference>,
    /// `workload`: what it is about.
    pub workload: Option<Name>,
    /// The first heading.
    pub title: Option<Text>,
    /// `parameters`, in the order of the file.
    pub parameters: Vec<ParameterDocument>,
    /// The fenced blocks that are steps, in the order of the file.
    pub steps: Vec<StepBlock>,
}

/// One of `parameters`.
#[derive(Debug, Clone)]
pub struct ParameterDocument {
    /// Unique in the procedure.
    pub name: Name,
    /// `type`: `string`, `integer`, `boolean` or `duration`.
    pub sort: Text,
    /// `required`.
    pub required: bool,
    /// `default`, as written.
    pub default: Option<Text>,
}

/// A fenced block with `step=`.
#[derive(Debug, Clone)]
pub struct StepBlock {
    /// `step=`: unique in the procedure.
    pub name: Name,
    /// The block's language: `sh`, `promql`, `sql`, `http`.
    pub language: Text,
    /// The rest of the info line: `timeout=60s`, `expect="> 100"`, `idempotent`.
    pub attributes: Vec<(Text, Option<Text>)>,
    /// The heading above it.
    pub heading: Option<Box<str>>,
    /// What is to be run.
    pub body: Written,
}

/// A Markdown file, procedure or not: what can be linked to in it, and what it links to.
#[derive(Debug, Clone)]
pub struct PageDocument {
    /// The file's path, relative to the ops repo.
    pub path: Box<str>,
    /// Its beginning.
    pub span: Span,
    /// What its headings can be linked to as, without `#`; and explicit anchors.
    pub anchors: Vec<Box<str>>,
    /// Where links and images lead, as written.
    pub links: Vec<Spanned<Box<str>>>,
}

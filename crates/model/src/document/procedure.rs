//! Runbooks and playbooks as parsed, and Markdown pages beside them.

use evenkeel_diagnostic::{Span, Spanned, Written};
use evenkeel_labels::LabelSet;
use evenkeel_time::Duration;

use super::{Name, Reference, Text};
use crate::{Expectation, ParameterSort, ProcedureKind, StepLanguage};

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
    /// `labels`.
    pub labels: LabelSet,
    /// The first heading.
    pub title: Option<Text>,
    /// `parameters`, in the order of the file; names unique.
    pub parameters: Vec<ParameterDocument>,
    /// The fenced blocks that are steps, in the order of the file; names unique.
    pub steps: Vec<StepBlock>,
    /// The page without its front matter.
    pub text: Box<str>,
}

/// One of `parameters`.
#[derive(Debug, Clone)]
pub struct ParameterDocument {
    /// Unique in the procedure.
    pub name: Name,
    /// `type`: `string`, `integer`, `boolean` or `duration`.
    pub sort: ParameterSort,
    /// `required`.
    pub required: bool,
    /// `default`, as written; of the parameter's type.
    pub default: Option<Text>,
    /// `description`.
    pub description: Option<Box<str>>,
}

/// A fenced block with `step=`.
#[derive(Debug, Clone)]
pub struct StepBlock {
    /// `step=`: unique in the procedure.
    pub name: Name,
    /// The block's language: `sh`, `promql`, `sql`, `http`.
    pub language: StepLanguage,
    /// `timeout=60s`: it is ended when it lasts longer.
    pub timeout: Option<Spanned<Duration>>,
    /// `expect="> 100"`: what its outcome has to be.
    pub expect: Option<Spanned<Expectation>>,
    /// `idempotent`: it may be done twice.
    pub idempotent: bool,
    /// The heading above it.
    pub heading: Option<Box<str>>,
    /// What is to be run; `{{ name }}` stands for a parameter.
    pub body: Written,
    /// The parameters it uses, in the body and in what is expected, in that order.
    pub uses: Vec<Name>,
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
    /// Where links and images lead, with entities and escapes read; empty: nowhere.
    pub links: Vec<Text>,
    /// Labels of links, such as `[text][label]`, that the file does not define.
    pub undefined: Vec<Text>,
    /// Whether it was read to its end; else it may have anchors that are not here.
    pub whole: bool,
}

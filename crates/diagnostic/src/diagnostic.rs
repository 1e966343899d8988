//! What is wrong with something a person wrote.

use crate::Span;

/// A diagnostic's code: kebab-case, names the fault, reads well after "allow".
pub type Code = &'static str;

/// Whether the fault keeps the plan from being resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Cannot be resolved: the plan is not adopted.
    Error,
    /// Resolvable but bad: reported, never blocks.
    Finding,
}

/// A place and what to say there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A short fragment; may be empty when the headline says it all.
    pub message: String,
}

/// One fault with its place and its remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Names the fault.
    pub code: Code,
    /// Blocks or not.
    pub severity: Severity,
    /// Stands alone: lower case, one line, no full stop, back-ticks round user text.
    pub headline: String,
    /// Where it is. Boxed apart from `related` so that there is exactly one.
    pub primary: Label,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A fault that keeps the plan from being resolved.
    pub fn error(code: Code, span: Span, headline: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, headline.into())
    }

    /// A fault that is reported and does not block.
    pub fn finding(code: Code, span: Span, headline: impl Into<String>) -> Self {
        Self::new(code, Severity::Finding, span, headline.into())
    }

    fn new(code: Code, severity: Severity, span: Span, headline: String) -> Self {
        let primary = Label { span, message: String::new() };
        Self { code, severity, headline, primary, related: Vec::new(), help: None }
    }

    /// Says something at the primary place.
    #[must_use]
    pub fn label(mut self, message: impl Into<String>) -> Self {
        self.primary.message = message.into();
        self
    }

    /// Points at another place that explains the fault.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether the fault keeps the plan from being resolved.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Error
    }
}

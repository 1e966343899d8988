//! A report for programs. Its form is published as `docs/schema/check.schema.json`.

mod schema;

pub use schema::report_schema;

use evenkeel_check::Allowed;
use evenkeel_diagnostic::{Diagnostic, Sources, Span};
use serde_json::{Value, json};

use crate::tally::Tally;
use crate::{Report, word};

/// Changes when a field goes or means something else; new fields do not change it.
const FORM: u32 = 1;

impl Report<'_> {
    /// Everything as one object.
    #[must_use]
    pub fn json(&self) -> Value {
        let Tally { errors, findings } = Tally::of(self.diagnostics);
        let allowed = self.allowed.iter().map(|allowed| self.allowed(allowed));
        json!({
            "form": FORM,
            "version": self.version,
            "at": self.at.to_string(),
            "plan": self.plan,
            "root": self.root,
            "counts": { "errors": errors, "findings": findings, "allowed": self.allowed.len() },
            "diagnostics": json(self.diagnostics, self.sources),
            "allowed": allowed.collect::<Vec<_>>(),
        })
    }

    fn allowed(&self, allowed: &Allowed) -> Value {
        let Allowed { diagnostic, allowance, place, reason, until } = allowed;
        json!({
            "diagnostic": one(diagnostic, self.sources),
            "allowance": allowance,
            "place": label(*place, "", self.sources),
            "reason": reason,
            "until": until.to_string(),
        })
    }
}

/// One object per diagnostic.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    diagnostics.iter().map(|diagnostic| one(diagnostic, sources)).collect()
}

fn one(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let related = diagnostic.related.iter().map(|at| label(at.span, &at.message, sources));
    json!({
        "code": diagnostic.code,
        "severity": word(diagnostic.severity),
        "headline": diagnostic.headline,
        "primary": label(diagnostic.primary.span, &diagnostic.primary.message, sources),
        "related": related.collect::<Vec<_>>(),
        "help": diagnostic.help,
    })
}

fn label(span: Span, message: &str, sources: &Sources) -> Value {
    let source = sources.get(span.source);
    let (start, end) = (source.map(|s| s.position(span.start)), source.map(|s| s.position(span.end)));
    json!({
        "file": source.map(|source| source.path.as_ref()),
        "line": start.map(|at| at.line),
        "column": start.map(|at| at.column),
        "end_line": end.map(|at| at.line),
        "end_column": end.map(|at| at.column),
        "message": message,
    })
}

//! What is wrong with a query of a person, shown in the query itself.

use evenkeel_diagnostic::{Diagnostic, Source, Sources, Span};
use evenkeel_evidence_sql::Fault;
use evenkeel_model::codes;

/// Each fault with its place in the query and what to do about it, as `check` shows what is wrong with a page.
pub(crate) fn faults(sql: &str, faults: &[Fault]) -> String {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("query", sql));
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let diagnostic = |fault: &Fault| {
        let span = Span { source, start: offset(fault.range.start), end: offset(fault.range.end) };
        let diagnostic = Diagnostic::error(codes::INVALID_EVIDENCE_QUERY, span, fault.headline.clone());
        match &fault.help {
            Some(help) => diagnostic.help(help.clone()),
            None => diagnostic,
        }
    };
    let diagnostics: Vec<Diagnostic> = faults.iter().map(diagnostic).collect();
    evenkeel_report::frames(&diagnostics, &sources)
}

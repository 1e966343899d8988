//! What is found in an ops repo, counted by code and file: what the record keeps of it.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_record::FoundFinding;

use crate::Judged;

/// A code, and the file in which it was found.
type Place = (Box<str>, Option<Box<str>>);

/// Findings by code and file, sorted; what blocks is not among them, since no plan with it is adopted.
#[must_use]
pub fn found(judged: &Judged, sources: &Sources) -> Vec<FoundFinding> {
    let mut counted: BTreeMap<Place, (u32, u32)> = BTreeMap::new();
    let place = |diagnostic: &Diagnostic| {
        let document = sources.get(diagnostic.primary.span.source).map(|source| Box::from(&*source.path));
        (Box::from(diagnostic.code), document)
    };
    for diagnostic in judged.kept.iter().filter(|diagnostic| !diagnostic.blocks()) {
        let (kept, _) = counted.entry(place(diagnostic)).or_default();
        *kept = kept.saturating_add(1);
    }
    for allowed in &judged.allowed {
        let (_, accepted) = counted.entry(place(&allowed.diagnostic)).or_default();
        *accepted = accepted.saturating_add(1);
    }
    let finding = |((code, document), (count, allowed))| FoundFinding { code, document, count, allowed };
    counted.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use evenkeel_diagnostic::{Source, Span};

    use super::*;

    #[test]
    fn findings_are_counted_by_code_and_file_and_errors_are_left_out() {
        let mut sources = Sources::default();
        let (a, b) = (sources.add(Source::new("a.yml", "")), sources.add(Source::new("b.yml", "")));
        let at = |source| Span { source, start: 0, end: 0 };
        let kept = vec![
            Diagnostic::finding("no-owner", at(b), "one"),
            Diagnostic::finding("no-owner", at(a), "two"),
            Diagnostic::finding("no-owner", at(b), "three"),
            Diagnostic::error("unknown-team", at(a), "four"),
        ];
        let counted = found(&Judged { kept, allowed: Vec::new() }, &sources);
        let told: Vec<_> = counted.iter().map(|one| (&*one.code, one.document.as_deref(), one.count)).collect();
        assert_eq!(told, [("no-owner", Some("a.yml"), 1), ("no-owner", Some("b.yml"), 2)]);
    }
}

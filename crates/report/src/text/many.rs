//! So that one fault made a thousand times does not hide the others: some of each code are shown, the rest are counted.

use std::collections::BTreeMap;
use std::fmt::Write;

use evenkeel_diagnostic::{Code, Diagnostic};

/// So many of one code are shown unless all are asked for.
const SHOWN_MAX: usize = 10;

/// What is shown of some diagnostics, and how many more there are of each code.
#[derive(Debug, Default)]
pub(super) struct Shown<'a> {
    pub(super) diagnostics: Vec<&'a Diagnostic>,
    left_out: BTreeMap<Code, usize>,
}

impl<'a> Shown<'a> {
    /// Errors first, each by place.
    pub(super) fn of(diagnostics: &'a [Diagnostic], all: bool) -> Self {
        let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| (diagnostic.severity, diagnostic.primary.span));
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        let mut shown = Self::default();
        for diagnostic in sorted {
            let count = seen.entry(diagnostic.code).or_default();
            *count += 1;
            if all || *count <= SHOWN_MAX {
                shown.diagnostics.push(diagnostic);
            } else {
                *shown.left_out.entry(diagnostic.code).or_default() += 1;
            }
        }
        shown
    }

    /// A line for each code of which some are left out.
    pub(super) fn rest(&self, out: &mut String) {
        for (code, count) in &self.left_out {
            let _ = writeln!(out, "… and {count} more `{code}`: evenkeel explain {code}");
        }
        if !self.left_out.is_empty() {
            out.push_str("`--all` shows all\n\n");
        }
    }
}

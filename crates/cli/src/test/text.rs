//! A line a case, frames for what failed, and what is covered.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_routing_test::{CaseResult, Covered, Report};

/// Of what no test touches so many are named; the others are counted.
const NAMED_MAX: usize = 6;

/// What people read.
#[must_use]
pub fn text(report: &Report, sources: &Sources, coverage_min: Option<u8>, color: bool) -> String {
    let mut out = String::new();
    for case in &report.cases {
        line(&mut out, case, color);
    }
    let failures: Vec<Diagnostic> = report.cases.iter().flat_map(|case| case.failures.iter().cloned()).collect();
    if !failures.is_empty() {
        let _ = write!(out, "\n{}", evenkeel_report::frames(&failures, sources));
    }
    if !report.cases.is_empty() {
        out.push('\n');
    }
    let failed = report.cases.iter().filter(|case| !case.passed()).count();
    let _ = writeln!(out, "{} passed, {failed} failed", report.cases.len() - failed);
    let coverage = &report.coverage;
    for (what, covered) in [
        ("routes", &coverage.routes),
        ("response plans", &coverage.response_plans),
        ("alerting rules", &coverage.rules),
        ("recording rules", &coverage.recordings),
    ] {
        row(&mut out, what, covered);
    }
    if let Some(least) = coverage_min.filter(|least| coverage.percent() < usize::from(*least)) {
        let _ = writeln!(out, "that is {} per cent at the least, and {least} are wanted", coverage.percent());
    }
    out
}

fn line(out: &mut String, case: &CaseResult, color: bool) {
    let (word, tone) = if case.passed() { ("ok    ", "32") } else { ("FAILED", "1;31") };
    let (on, off) = if color { (format!("\x1b[{tone}m"), "\x1b[0m") } else { (String::new(), "") };
    let _ = writeln!(out, "{on}{word}{off} {}: {}", case.document, case.name);
}

fn row(out: &mut String, what: &str, covered: &Covered) {
    let all = covered.tested.len() + covered.untested.len();
    if all == 0 {
        return;
    }
    let missing =
        if covered.untested.is_empty() { String::new() } else { format!("; not {}", named(&covered.untested)) };
    let _ = writeln!(out, "tested: {} of {all} {what}{missing}", covered.tested.len());
}

fn named(names: &BTreeSet<Arc<str>>) -> String {
    let shown: Vec<&str> = names.iter().take(NAMED_MAX).map(AsRef::as_ref).collect();
    let more = names.len().saturating_sub(NAMED_MAX);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

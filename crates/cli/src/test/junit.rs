//! The XML that build servers read: one suite a document, one case a case.
//!
//! Source: the Ant JUnit report format, as Jenkins and GitLab take it.

use std::fmt::Write;

use evenkeel_diagnostic::Sources;
use evenkeel_routing_test::{CaseResult, Report};

/// All cases, as one document.
#[must_use]
pub fn junit(report: &Report, sources: &Sources) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    let documents: Vec<&str> = report.cases.iter().map(|case| &*case.document).collect();
    let mut suites = documents.clone();
    suites.dedup();
    for suite in suites {
        let cases: Vec<&CaseResult> = report.cases.iter().filter(|case| &*case.document == suite).collect();
        let failed = cases.iter().filter(|case| !case.passed()).count();
        let _ =
            writeln!(out, "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failed}\">", escaped(suite), cases.len());
        cases.iter().for_each(|case| testcase(&mut out, case, sources));
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn testcase(out: &mut String, case: &CaseResult, sources: &Sources) {
    let (suite, name) = (escaped(&case.document), escaped(&case.name));
    let _ = write!(out, "    <testcase classname=\"{suite}\" name=\"{name}\"");
    if case.passed() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    for failure in &case.failures {
        let message = escaped(&failure.headline);
        let text = escaped(&evenkeel_report::frames(std::slice::from_ref(failure), sources));
        let _ = writeln!(out, "      <failure message=\"{message}\">{text}</failure>");
    }
    out.push_str("    </testcase>\n");
}

/// Text inside XML; characters that XML 1.0 cannot have become a replacement character.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

//! `evenkeel test`: how tests of operations went, for people and for machines.

mod junit;
mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use evenkeel_diagnostic::Sources;
use evenkeel_routing_test::{Covered, Report};
use serde_json::{Value, json};

use crate::exit::Exit;

pub use junit::junit;
pub use text::text;

/// `evenkeel test`
#[derive(Debug, Args)]
pub struct Test {
    /// The ops repo
    #[arg(default_value = ".", value_name = "DIR")]
    pub ops: PathBuf,
    /// Only cases whose name, or whose document's name, has this in it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub filter: String,
    /// Fail when tests touch less than so many per cent of the routes, the response plans, or the alerting rules
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub coverage_min: Option<u8>,
    /// Take receivers of types that are not supported as findings
    #[arg(long)]
    pub allow_missing_receivers: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    pub format: TestFormat,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// The XML that build servers read
    Junit,
}

/// Whether all is well: every case passed, and enough is covered.
#[must_use]
pub fn exit(report: &Report, coverage_min: Option<u8>) -> Exit {
    let passed = report.cases.iter().all(evenkeel_routing_test::CaseResult::passed);
    let covered = coverage_min.is_none_or(|least| report.coverage.percent() >= usize::from(least));
    if passed && covered { Exit::Good } else { Exit::Findings }
}

/// One object: cases and coverage.
#[must_use]
pub fn json(report: &Report, sources: &Sources) -> Value {
    let case = |case: &evenkeel_routing_test::CaseResult| {
        let at = sources.get(case.place.source).map(|source| (source, source.position(case.place.start)));
        json!({
            "document": case.document,
            "name": &*case.name,
            "file": at.map(|(source, _)| source.path.to_string()),
            "line": at.map(|(_, at)| at.line),
            "passed": case.passed(),
            "failures": evenkeel_report::json(&case.failures, sources),
        })
    };
    let covered = |covered: &Covered| {
        let names = |names: &std::collections::BTreeSet<std::sync::Arc<str>>| {
            names.iter().map(|name| name.to_string()).collect::<Vec<_>>()
        };
        json!({"percent": covered.percent(), "tested": names(&covered.tested), "untested": names(&covered.untested)})
    };
    json!({
        "cases": report.cases.iter().map(case).collect::<Vec<_>>(),
        "passed": report.cases.iter().filter(|case| case.passed()).count(),
        "failed": report.cases.iter().filter(|case| !case.passed()).count(),
        "coverage": {
            "routes": covered(&report.coverage.routes),
            "response_plans": covered(&report.coverage.response_plans),
            "rules": covered(&report.coverage.rules),
            "recordings": covered(&report.coverage.recordings),
        },
    })
}

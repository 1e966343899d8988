//! `evenkeel test`: plays the routing tests of an ops repo, and runs the unit tests of its rules.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::Arc;

use evenkeel_cli::exit::Exit;
use evenkeel_cli::test::{Test, TestFormat, exit, json, junit, text};
use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, load, read};
use evenkeel_routing_test::{CaseResult, Coverage, Covered, Report, run as play};

pub(crate) fn run(args: &Test) -> anyhow::Result<Exit> {
    let missing = if args.allow_missing_receivers { Missing::Allow } else { Missing::Refuse };
    let loaded = load(&read(&args.ops)?, missing);
    let blocked = loaded.diagnostics.iter().any(Diagnostic::blocks);
    // A folder of rules alone has no routing tree, and may have unit tests all the same.
    if blocked || (loaded.plan.is_none() && loaded.documents.rule_tests.is_empty()) {
        let why: Vec<Diagnostic> = match blocked {
            true => loaded.diagnostics.into_iter().filter(Diagnostic::blocks).collect(),
            // Nothing blocks, and still there is no plan: there is no routing tree, which is a finding by itself.
            false => loaded.diagnostics,
        };
        write!(stderr(), "{}", evenkeel_report::text(&why, &loaded.sources, stderr().is_terminal()))?;
        return Ok(Exit::Findings);
    }
    let report = report(&loaded, &args.filter);
    let shown = match args.format {
        TestFormat::Text => text(&report, &loaded.sources, args.coverage_min, stdout().is_terminal()),
        TestFormat::Json => format!("{:#}\n", json(&report, &loaded.sources)),
        TestFormat::Junit => junit(&report, &loaded.sources),
    };
    write!(stdout(), "{shown}")?;
    Ok(exit(&report, args.coverage_min))
}

/// Routing tests where there is a routing tree, and unit tests of rules.
fn report(loaded: &Loaded, filter: &str) -> Report {
    let rules = &loaded.catalogue.rules;
    let mut report = match &loaded.plan {
        Some(plan) => play(&Arc::new(plan.clone()), &loaded.documents, filter),
        None => Report {
            cases: Vec::new(),
            coverage: Coverage { rules: Coverage::of_rules(rules, &loaded.documents), ..Coverage::default() },
        },
    };
    let tests = evenkeel_rule_test::run(&loaded.documents, rules, &loaded.paths, filter);
    report.cases.extend(tests.into_iter().map(|test| CaseResult {
        document: Box::from(&*test.file),
        name: test.name,
        place: test.place,
        failures: test.failures,
        played: None,
    }));
    let covered = evenkeel_rule_test::coverage(&loaded.documents, &loaded.paths);
    let names = |names: BTreeSet<Box<str>>| names.into_iter().map(Arc::from).collect();
    report.coverage.recordings = Covered { tested: names(covered.read), untested: names(covered.unread) };
    report
}

//! `evenkeel test`: plays the routing tests of an ops repo.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::Arc;

use evenkeel_cli::exit::Exit;
use evenkeel_cli::test::{Test, TestFormat, exit, json, junit, text};
use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read};
use evenkeel_routing_test::run as play;

pub(crate) fn run(args: &Test) -> anyhow::Result<Exit> {
    let missing = if args.allow_missing_receivers { Missing::Allow } else { Missing::Refuse };
    let loaded = load(&read(&args.ops)?, missing);
    let Some(plan) = loaded.plan else {
        let why: Vec<Diagnostic> = match loaded.diagnostics.iter().any(Diagnostic::blocks) {
            true => loaded.diagnostics.into_iter().filter(Diagnostic::blocks).collect(),
            // Nothing blocks, and still there is no plan: there is no routing tree, which is a finding by itself.
            false => loaded.diagnostics,
        };
        write!(stderr(), "{}", evenkeel_report::text(&why, &loaded.sources, stderr().is_terminal()))?;
        return Ok(Exit::Findings);
    };
    let report = play(&Arc::new(plan), &loaded.documents, &args.filter);
    let shown = match args.format {
        TestFormat::Text => text(&report, &loaded.sources, args.coverage_min, stdout().is_terminal()),
        TestFormat::Json => format!("{:#}\n", json(&report, &loaded.sources)),
        TestFormat::Junit => junit(&report, &loaded.sources),
    };
    write!(stdout(), "{shown}")?;
    Ok(exit(&report, args.coverage_min))
}

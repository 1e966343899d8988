//! `evenkeel slo rules`: the rules that objectives come to, as Prometheus reads them.

use std::io::{Write, stderr, stdout};

use evenkeel_cli::exit::Exit;
use evenkeel_cli::slo::{SloArgs, SloRules, SloVerb, unknown_slo};
use evenkeel_diagnostic::Diagnostic;
use evenkeel_formats::print_rule_file;
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read};

pub(crate) fn run(args: &SloArgs) -> anyhow::Result<Exit> {
    match &args.verb {
        SloVerb::Rules(args) => rules(args),
    }
}

fn rules(args: &SloRules) -> anyhow::Result<Exit> {
    let loaded = load(&read(&args.ops)?, Missing::Allow);
    let errors: Vec<Diagnostic> = loaded.diagnostics.into_iter().filter(Diagnostic::blocks).collect();
    if !errors.is_empty() {
        write!(stderr(), "{}", evenkeel_report::text(&errors, &loaded.sources, false))?;
        return Ok(Exit::Findings);
    }
    let mut objectives = loaded.catalogue.objectives;
    if let Some(name) = &args.slo {
        if !objectives.contains_key(&**name) {
            let known: Vec<&str> = objectives.keys().map(AsRef::as_ref).collect();
            writeln!(stderr(), "error: {}", unknown_slo(name, &known))?;
            return Ok(Exit::Usage);
        }
        objectives.retain(|known, _| **known == **name);
    }
    write!(stdout(), "{}", print_rule_file(&evenkeel_slo::generated(&objectives)))?;
    Ok(Exit::Good)
}

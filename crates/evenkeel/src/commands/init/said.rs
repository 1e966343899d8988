//! What `evenkeel init` says: what it wrote, what is accepted for a while, and what to do next.

use std::io::{IsTerminal, Write, stdout};

use evenkeel_cli::args::{Format, Init};
use evenkeel_diagnostic::Diagnostic;
use evenkeel_import::Import;
use serde_json::{Value, json};

use super::drafted::Draft;
use super::kept::Foreign;

/// Why nothing was written: errors in the foreign text, or in what would have come out.
pub(super) fn refused(format: Format, made: &Import, draft: Option<&Draft>, foreign: &Foreign) -> anyhow::Result<()> {
    let errors: Vec<Diagnostic> = draft.into_iter().flat_map(Draft::errors).cloned().collect();
    let mut out = stdout().lock();
    let color = stdout().is_terminal();
    if format == Format::Json {
        let mut report = report(made, None);
        if let (Some(draft), Some(fields)) = (draft, report.as_object_mut()) {
            fields.insert("errors".to_owned(), evenkeel_report::json(&errors, &draft.loaded.sources));
        }
        writeln!(out, "{report:#}")?;
        return Ok(());
    }
    write!(out, "{}", evenkeel_report::text(&made.diagnostics, &made.sources, color))?;
    if let Some(draft) = draft {
        write!(out, "{}", evenkeel_report::text(&errors, &draft.loaded.sources, color))?;
        for file in foreign.kept.iter().filter(|file| is_in(&errors, &file.path, draft)) {
            writeln!(out, "`{}` would be `{}`", file.source.name, file.path)?;
        }
    }
    writeln!(out, "nothing was written")?;
    Ok(())
}

fn is_in(errors: &[Diagnostic], path: &str, draft: &Draft) -> bool {
    let sources = &draft.loaded.sources;
    errors.iter().any(|diag| sources.get(diag.primary.span.source).is_some_and(|source| &*source.path == path))
}

/// What was written, and what comes next.
pub(super) fn written(args: &Init, made: &Import, draft: &Draft, foreign: &Foreign) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    if args.format == Format::Json {
        let mut report = report(made, Some(draft));
        if let Some(fields) = report.as_object_mut() {
            fields.insert("next".to_owned(), next(args, draft, foreign).into());
        }
        writeln!(out, "{report:#}")?;
        return Ok(());
    }
    if !made.diagnostics.is_empty() {
        write!(out, "{}", evenkeel_report::text(&made.diagnostics, &made.sources, stdout().is_terminal()))?;
    }
    let dir = args.ops.display();
    for file in &draft.files {
        writeln!(out, "wrote {dir}/{}", file.path)?;
    }
    writeln!(out, "\n{}", check(args, draft))?;
    if !draft.debts.is_empty() {
        let all = draft.debts.values().map(|debt| debt.findings).sum();
        let was = if all == 1 { "was" } else { "were" };
        writeln!(out, "{} {was} found and accepted until {} in allowances.yml:", counted(all, "finding"), draft.until)?;
        for (code, debt) in &draft.debts {
            writeln!(out, "  {:>5} {code}", debt.findings)?;
        }
    }
    if draft.without_receivers {
        let what = "Some receivers are of types that are not supported here";
        writeln!(out, "{what}; `--allow-missing-receivers` leaves them out.")?;
    }
    writeln!(out, "\nNext:")?;
    for (number, step) in (1..).zip(next(args, draft, foreign)) {
        writeln!(out, "  {number}. {step}")?;
    }
    Ok(())
}

fn flag(draft: &Draft) -> &'static str {
    if draft.without_receivers { " --allow-missing-receivers" } else { "" }
}

fn check(args: &Init, draft: &Draft) -> String {
    let errors = draft.errors().count();
    let (errors, findings) = (counted(errors, "error"), counted(draft.said.len() - errors, "finding"));
    format!("`evenkeel check{} {}` says: {errors}, {findings}", flag(draft), args.ops.display())
}

fn next(args: &Init, draft: &Draft, foreign: &Foreign) -> Vec<String> {
    let (dir, flag) = (args.ops.display(), flag(draft));
    let read = if draft.debts.is_empty() {
        "Read the files; put everybody who is on call into them.".to_owned()
    } else {
        "Read the files; put everybody who is on call into them, and mend what is accepted in allowances.yml."
            .to_owned()
    };
    let instead = match foreign.alertmanagers.first() {
        Some(sent) => format!(" instead of {sent}"),
        None => ", as it would to an Alertmanager".to_owned(),
    };
    vec![
        read,
        format!("evenkeel check{flag} {dir} && evenkeel test{flag} {dir}"),
        format!("evenkeel serve{flag} --ops {dir} --data data; let Prometheus send alerts to 127.0.0.1:7070{instead}."),
    ]
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn report(made: &Import, draft: Option<&Draft>) -> Value {
    let files = draft.map(|draft| draft.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>());
    let errors = draft.map_or(0, |draft| draft.errors().count());
    let debts = draft.map(|draft| {
        let debt = |(code, debt): (&&str, &evenkeel_import::Debt)| {
            json!({"code": code, "findings": debt.findings, "until": draft.until, "files": debt.paths})
        };
        draft.debts.iter().map(debt).collect::<Vec<_>>()
    });
    json!({
        "files": files.unwrap_or_default(),
        "diagnostics": evenkeel_report::json(&made.diagnostics, &made.sources),
        "accepted": debts.unwrap_or_default(),
        "check": draft.map(|draft| json!({
            "errors": errors,
            "findings": draft.said.len() - errors,
            "only_missing_receivers": draft.without_receivers,
        })),
    })
}

//! `evenkeel check`: reads an ops repo and says what is wrong with it.

mod difference;
mod online;
mod root;
mod tree;

use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::Instant;

use evenkeel_check::Allowed;
use evenkeel_cli::args::Format;
use evenkeel_cli::check::{Check, CheckFormat};
use evenkeel_cli::exit::Exit;
use evenkeel_diagnostic::Diagnostic;
use evenkeel_git::read_revision;
use evenkeel_model::Missing;
use evenkeel_ops_source::read;
use evenkeel_report::{Known, Report, Style};
use evenkeel_time::Duration;

use self::difference::Compare;
use self::tree::Judging;
use crate::environment::Environment;
use crate::serve::wall_now;

pub(crate) fn run(args: &Check, environment: &Environment) -> anyhow::Result<Exit> {
    let started = Instant::now();
    if let Some(revision) = &args.diff {
        return compare(args, revision, environment);
    }
    let judging = Judging { missing: missing(args), at: args.at.map_or_else(wall_now, |moment| moment.0) };
    let mut found = judging.tree(&read(&args.ops)?, args.online)?;
    if let Some(revision) = &args.since {
        let before = match read_revision(&args.ops, revision) {
            Ok((files, _)) => judging.tree(&files, false)?,
            Err(error) => return unread(error),
        };
        let mut known = Known::of(&before.judged.kept, &before.sources);
        found.judged.kept.retain(|diagnostic| !known.take(diagnostic, &found.sources));
        let allowed: Vec<Diagnostic> = before.judged.allowed.into_iter().map(|allowed| allowed.diagnostic).collect();
        let mut known = Known::of(&allowed, &before.sources);
        found.judged.allowed.retain(|Allowed { diagnostic, .. }| !known.take(diagnostic, &found.sources));
    }
    let report = Report {
        diagnostics: &found.judged.kept,
        allowed: &found.judged.allowed,
        sources: &found.sources,
        root: &root::root(&args.ops),
        at: judging.at,
        plan: found.plan.as_deref(),
        version: env!("CARGO_PKG_VERSION"),
    };
    print(args, &report, started, environment)?;
    Ok(args.exit(&found.judged.kept))
}

/// What the change since the revision does to operation.
fn compare(args: &Check, revision: &str, environment: &Environment) -> anyhow::Result<Exit> {
    let format = match args.format {
        CheckFormat::Text => Format::Text,
        CheckFormat::Json => Format::Json,
        CheckFormat::Sarif | CheckFormat::Github => {
            writeln!(stderr(), "error: `--diff` is printed as text or json")?;
            return Ok(Exit::Usage);
        }
    };
    let before = match read_revision(&args.ops, revision) {
        Ok(before) => before,
        Err(error) => return unread(error),
    };
    let remote = args.live.remote();
    let compare = Compare {
        ops: &args.ops,
        revision,
        before,
        server: remote.as_ref(),
        at: args.at.map_or_else(wall_now, |moment| moment.0),
        missing: missing(args),
        format,
    };
    crate::alone()?.block_on(difference::run(&compare, environment))
}

const fn missing(args: &Check) -> Missing {
    if args.allow_missing_receivers { Missing::Allow } else { Missing::Refuse }
}

fn print(args: &Check, report: &Report<'_>, started: Instant, environment: &Environment) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    match args.format {
        CheckFormat::Text => {
            let person = stdout().is_terminal();
            let took = Duration::millis(i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX));
            let style =
                Style { color: person && !environment.no_color, all: args.all, person, took: person.then_some(took) };
            write!(out, "{}", report.text(style))?;
        }
        CheckFormat::Json => writeln!(out, "{:#}", report.json())?,
        CheckFormat::Sarif => writeln!(out, "{:#}", report.sarif())?,
        CheckFormat::Github => write!(out, "{}", report.github())?,
    }
    Ok(())
}

/// A revision that is not there was typed wrong; everything else is the surroundings' fault.
fn unread(error: evenkeel_git::Error) -> anyhow::Result<Exit> {
    use evenkeel_git::Error;
    if matches!(error, Error::UnknownRevision { .. } | Error::NoCommit { .. } | Error::NoRepository { .. }) {
        writeln!(stderr(), "error: {error}")?;
        return Ok(Exit::Usage);
    }
    Err(error.into())
}

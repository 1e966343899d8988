//! `evenkeel oncall …`: asks a server, or an ops repo.

use std::io::{Write, stderr, stdout};
use std::path::Path;

use evenkeel_cli::client::{ClientCommand, Context, Remote, Wrong};
use evenkeel_cli::exit::Exit;
use evenkeel_cli::oncall::{OncallArgs, from_plan};
use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{load, read};

use super::client::{self, Printer, context, failure, written};
use crate::environment::Environment;

pub(crate) async fn run(args: &OncallArgs, environment: &Environment) -> anyhow::Result<Exit> {
    match args.verb.ops() {
        Some(ops) => from_ops(args, ops, environment),
        None => client::run(args, &args.remote, environment).await,
    }
}

fn from_ops(args: &OncallArgs, ops: &Path, environment: &Environment) -> anyhow::Result<Exit> {
    let cx = context(&args.remote, environment);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = answer(args, ops, &cx, &mut Printer { out: &mut out, err: &mut err })?;
    written(stderr().write_all(&err))?;
    written(stdout().write_all(&out))?;
    Ok(exit)
}

fn answer(args: &OncallArgs, ops: &Path, cx: &Context, printer: &mut Printer<'_>) -> anyhow::Result<Exit> {
    let Remote { server, token_file, data, format, .. } = &args.remote;
    if server.is_some() || token_file.is_some() || data.is_some() {
        return refuse(printer, args, both());
    }
    let Some(plan) = plan(ops, cx.color, printer)? else { return Ok(Exit::Findings) };
    match from_plan(&args.verb, &plan, cx) {
        Err(wrong) => refuse(printer, args, wrong),
        Ok(answer) => {
            let shown = args.show(&answer, cx)?;
            printer.print(*format, &answer, &shown)?;
            Ok(shown.exit)
        }
    }
}

fn both() -> Wrong {
    let message = "`--ops` asks an ops repo; `--server`, `--token-file` and `--data` are for a server";
    Wrong { message: message.to_owned(), help: "leave out the one or the other".to_owned() }
}

fn refuse(printer: &mut Printer<'_>, args: &OncallArgs, wrong: Wrong) -> anyhow::Result<Exit> {
    let refusal = failure::usage(wrong);
    printer.refuse(args.remote.format, &refusal)?;
    Ok(refusal.exit)
}

/// The plan; none when the ops repo cannot be resolved, and then it is said why.
fn plan(ops: &Path, color: bool, printer: &mut Printer<'_>) -> anyhow::Result<Option<Plan>> {
    let loaded = load(&read(ops)?, Missing::Allow);
    if loaded.plan.is_none() {
        let errors: Vec<Diagnostic> = loaded.diagnostics.into_iter().filter(Diagnostic::blocks).collect();
        write!(printer.err, "{}", evenkeel_report::text(&errors, &loaded.sources, color))?;
    }
    Ok(loaded.plan)
}

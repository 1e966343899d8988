//! `evenkeel init`: makes an ops repo to start from: a small one with comments, or one out of what another system knows.
//!
//! Nothing is written unless everything can be: an error in the foreign text leaves the folder as it was.

mod folder;
mod starter;

use std::fs::File;
use std::io::{IsTerminal, Read, Write, stdout};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::Context;
use evenkeel_cli::args::{Format, Init};
use evenkeel_cli::exit::Exit;
use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_import::{Import, ImportedFile, from_alertmanager, from_incident_manager};
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read};
use serde_json::json;

/// Larger files than this are read no further than it takes to say so.
const BYTES_MAX: u64 = (4 << 20) + 1;

/// Who may read and write files that are made of nothing private.
const OPEN: u32 = 0o666;
/// The owner can read and write what was made, also when its source was for reading only.
const OWN: u32 = 0o600;

pub(crate) fn run(args: &Init) -> anyhow::Result<Exit> {
    folder::refuse_unless_empty(&args.ops)?;
    let (made, mode) = match (&args.from_alertmanager, &args.from_incident_manager) {
        (Some(file), _) => import(file, from_alertmanager)?,
        (None, Some(file)) => import(file, from_incident_manager)?,
        (None, None) => {
            (Import { files: starter::files(), diagnostics: Vec::new(), sources: Sources::default() }, OPEN)
        }
    };
    let blocked = made.diagnostics.iter().any(Diagnostic::blocks);
    let check = if blocked {
        None
    } else {
        folder::write(&args.ops, &made.files, mode)?;
        Some(Check::of(&args.ops)?)
    };
    match args.format {
        Format::Text => print(&args.ops, &made, check.as_ref())?,
        Format::Json => writeln!(stdout(), "{:#}", report(&made, check.as_ref()))?,
    }
    Ok(if blocked { Exit::Findings } else { Exit::Good })
}

/// What becomes of a file, and who may read that.
fn import(file: &Path, import: fn(&str, &[u8]) -> Import) -> anyhow::Result<(Import, u32)> {
    let shown = file.display().to_string();
    let read = || {
        let open = File::open(file)?;
        let mode = open.metadata()?.permissions().mode() & OPEN;
        let mut bytes = Vec::new();
        open.take(BYTES_MAX).read_to_end(&mut bytes)?;
        std::io::Result::Ok((bytes, mode))
    };
    let (bytes, mode) = read().with_context(|| format!("cannot read `{shown}`"))?;
    Ok((import(&shown, &bytes), mode | OWN))
}

/// What `evenkeel check` says of the new folder.
struct Check {
    errors: usize,
    findings: usize,
    /// Whether receivers of types that are not supported are all that blocks.
    only_missing_receivers: bool,
}

impl Check {
    fn of(dir: &Path) -> anyhow::Result<Self> {
        let files = read(dir)?;
        let blocking = |missing| load(&files, missing).diagnostics.iter().filter(|diag| diag.blocks()).count();
        let errors = blocking(Missing::Refuse);
        let findings = load(&files, Missing::Refuse).diagnostics.len() - errors;
        Ok(Self { errors, findings, only_missing_receivers: errors > 0 && blocking(Missing::Allow) == 0 })
    }

    fn flag(&self) -> &'static str {
        if self.only_missing_receivers { " --allow-missing-receivers" } else { "" }
    }
}

fn print(ops: &Path, made: &Import, check: Option<&Check>) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    if !made.diagnostics.is_empty() {
        write!(out, "{}", evenkeel_report::text(&made.diagnostics, &made.sources, stdout().is_terminal()))?;
    }
    let Some(check) = check else {
        writeln!(out, "nothing was written")?;
        return Ok(());
    };
    let dir = ops.display();
    for ImportedFile { path, .. } in &made.files {
        writeln!(out, "wrote {dir}/{path}")?;
    }
    let (errors, findings) = (counted(check.errors, "error"), counted(check.findings, "finding"));
    writeln!(out, "\n`evenkeel check {dir}` says: {errors}, {findings}\n")?;
    if check.only_missing_receivers {
        writeln!(
            out,
            "Some receivers are of types that are not supported here; `--allow-missing-receivers` leaves them out."
        )?;
    }
    writeln!(out, "Next:")?;
    writeln!(out, "  1. Read the files; put real people, addresses and times into them.")?;
    writeln!(out, "  2. evenkeel check{} {dir}", check.flag())?;
    writeln!(out, "  3. evenkeel serve{} --ops {dir} --data data", check.flag())?;
    writeln!(out, "  4. Let Prometheus send alerts to 127.0.0.1:7070, as it would to an Alertmanager.")?;
    Ok(())
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn report(made: &Import, check: Option<&Check>) -> serde_json::Value {
    json!({
        "files": made.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        "diagnostics": evenkeel_report::json(&made.diagnostics, &made.sources),
        "check": check.map(|check| json!({
            "errors": check.errors,
            "findings": check.findings,
            "only_missing_receivers": check.only_missing_receivers,
        })),
    })
}

//! `evenkeel check --diff REV`: what the change since a revision does to operation.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;

use evenkeel_cli::args::Format;
use evenkeel_cli::client::{Refusal, Remote};
use evenkeel_cli::exit::Exit;
use evenkeel_cli::live;
use evenkeel_diagnostic::Diagnostic;
use evenkeel_git::Commit;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{Loaded, OpsFiles, load, read};
use evenkeel_plan_diff::{LiveObject, difference, left_behind};
use evenkeel_report::{difference_json, difference_text};
use evenkeel_time::Timestamp;
use serde_json::Value;

use crate::commands::client::{self, failure};
use crate::environment::Environment;

/// What is compared, and how that is printed.
pub(crate) struct Compare<'a> {
    /// The ops repo, as it lies.
    pub(crate) ops: &'a Path,
    /// The revision it is compared with, as it was typed.
    pub(crate) revision: &'a str,
    /// What it was then.
    pub(crate) before: (OpsFiles, Commit),
    /// A server whose open incidents, groups and overrides are looked at, too.
    pub(crate) server: Option<&'a Remote>,
    /// The instant at which is compared.
    pub(crate) at: Timestamp,
    /// What to do about receivers of types that are not supported.
    pub(crate) missing: Missing,
    /// How it is printed.
    pub(crate) format: Format,
}

/// Prints the difference; findings when one side has no plan.
pub(crate) async fn run(compare: &Compare<'_>, environment: &Environment) -> anyhow::Result<Exit> {
    let (before, commit) = &compare.before;
    let before_name = format!("{} ({})", compare.revision, commit.id.short());
    let Some(before) = plan(before, compare.missing, &before_name)? else { return Ok(Exit::Findings) };
    let shown = compare.ops.display().to_string();
    let Some(after) = plan(&read(compare.ops)?, compare.missing, &shown)? else { return Ok(Exit::Findings) };
    let live = match compare.server {
        None => Vec::new(),
        Some(remote) => match ask(remote, environment).await {
            Ok(live) => live,
            Err(refusal) => {
                write!(stderr(), "{}", failure::text(&refusal))?;
                return Ok(refusal.exit);
            }
        },
    };
    let (difference, left_behind) = (difference(&before, &after, compare.at), left_behind(&after, &live));
    let text = match compare.format {
        Format::Text => difference_text(&difference, &left_behind),
        Format::Json => format!("{:#}\n", difference_json(&difference, &left_behind)),
    };
    client::written(stdout().write_all(text.as_bytes()))?;
    Ok(Exit::Good)
}

/// The plan of one side; where there is none it is said why.
fn plan(files: &OpsFiles, missing: Missing, side: &str) -> anyhow::Result<Option<Plan>> {
    let Loaded { plan, diagnostics, sources, .. } = load(files, missing);
    if plan.is_none() {
        let blocks = diagnostics.iter().any(Diagnostic::blocks);
        let why: Vec<Diagnostic> = diagnostics.into_iter().filter(|diag| !blocks || diag.blocks()).collect();
        writeln!(stderr(), "there is no plan to compare at {side}:\n")?;
        write!(stderr(), "{}", evenkeel_report::text(&why, &sources, stderr().is_terminal()))?;
    }
    Ok(plan)
}

/// What the server has open.
async fn ask(remote: &Remote, environment: &Environment) -> Result<Vec<LiveObject>, Refusal> {
    let [incidents, groups, overrides] = live::requests();
    let details = client::answers([incidents], remote, environment, |found| live::details(found.first())).await?;
    let details = client::answers(details, remote, environment, |found| Ok(found.to_vec())).await?;
    let read = |found: &[Value]| live::live(&details, found.first(), found.get(1));
    client::answers([groups, overrides], remote, environment, read).await
}

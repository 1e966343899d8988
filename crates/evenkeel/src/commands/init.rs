//! `evenkeel init`: makes an ops repo to start from, by questions or options, around what there is already: an
//! Alertmanager configuration, Prometheus rules, a Backstage catalogue, or what AWS Incident Manager knows.
//!
//! Everything is made, judged and tested in memory. Nothing is written unless all of it can be: an error in a foreign
//! text, an answer that does not come, or a full disk leave the folder as it was.

mod asked;
mod drafted;
mod folder;
mod glob;
mod kept;
mod named;
mod proposed;
mod said;
mod terminal;

use std::io::Write;

use evenkeel_cli::args::{Ci, Init};
use evenkeel_cli::exit::Exit;
use evenkeel_diagnostic::Diagnostic;
use evenkeel_import::{Contact, Import, from_alertmanager_for, from_incident_manager, github_workflow, starter};

use crate::environment::Environment;
use crate::serve::wall_now;
use asked::Asked;
use drafted::Draft;
use kept::Foreign;

/// Who may read and write files that are made of nothing private.
const OPEN: u32 = 0o666;
/// The owner can read and write what was made, also when its source was for reading only.
const OWN: u32 = 0o600;

pub(crate) fn run(args: &Init, environment: &Environment) -> anyhow::Result<Exit> {
    folder::refuse_unless_empty(&args.ops)?;
    let foreign = Foreign::read(args)?;
    let (made, is_private) = match made(args, &foreign, environment)? {
        Made::Files(made, is_private) => (made, is_private),
        Made::Refused(why) => {
            writeln!(std::io::stderr(), "error: {why}; nothing was written")?;
            return Ok(Exit::Usage);
        }
    };
    if made.diagnostics.iter().any(Diagnostic::blocks) {
        said::refused(args.format, &made, None, &foreign)?;
        return Ok(Exit::Findings);
    }
    let (kept, mut own) = (foreign.imported(), made.files.clone());
    own.extend(args.ci.map(|Ci::Github| github_workflow()));
    let draft = Draft::of(own, kept, wall_now());
    if draft.errors().next().is_some() {
        said::refused(args.format, &made, Some(&draft), &foreign)?;
        return Ok(Exit::Findings);
    }
    let mode = if is_private { OWN } else { foreign.mode() };
    folder::write(&args.ops, &draft.files, |path| foreign.mode_of(path).unwrap_or(mode))?;
    said::written(args, &made, &draft, &foreign)?;
    Ok(Exit::Good)
}

enum Made {
    /// What came out, and whether something in it is as good as a password.
    Files(Import, bool),
    /// Nothing, since an answer cannot be taken or did not come.
    Refused(String),
}

/// The files of our own, out of answers where people are not in what is imported.
fn made(args: &Init, foreign: &Foreign, environment: &Environment) -> anyhow::Result<Made> {
    if let Some(objects) = &foreign.incident_manager {
        return Ok(Made::Files(from_incident_manager(&objects.name, &objects.bytes), false));
    }
    let known = named::Known::of(foreign);
    let answers = match asked::answers(args, known.guess(foreign, environment))? {
        Asked::Answers(answers) => answers,
        Asked::Refused(why) => return Ok(Made::Refused(why)),
    };
    let is_private = answers.contacts.iter().any(Contact::is_secret);
    let made = match &foreign.alertmanager {
        Some(config) => from_alertmanager_for(&config.name, &config.bytes, &answers, &known.kept),
        None => starter(&answers, &known.kept),
    };
    Ok(Made::Files(made, is_private))
}

#[cfg(test)]
mod tests;

//! `evenkeel review`: every practice judged by the record of a data folder, or by a server.

mod places;

use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;
use std::sync::Arc;

use evenkeel_api::{Consulted, NotConsulted, ReviewQuestion, Shown};
use evenkeel_cli::client::{Remote, Wrong};
use evenkeel_cli::exit::Exit;
use evenkeel_cli::place::Place;
use evenkeel_cli::review::{ImpactArgs, Look, ReviewArgs, ReviewFormat, ReviewVerb};
use evenkeel_evidence::Progress;
use evenkeel_lens::{Lens, impact};

use super::client::{self, written};
use crate::environment::Environment;
use crate::review::{self, Beside, Folder, NoMilestone, NoRecord, Rendering};
use crate::serve::wall_now;

/// Where a server is when nobody says.
const USUAL_SERVER: &str = "http://127.0.0.1:7070";
/// Taking in fewer records than this is too quick to be told of.
const WORTH_TELLING: u64 = 50_000;

pub(crate) fn run(args: &ReviewArgs, environment: &Environment) -> anyhow::Result<Exit> {
    let Some(data) = args.place.folder().filter(|_| !records_something(args)) else {
        let remote = remote(&args.place, environment);
        return crate::alone()?.block_on(client::run(args, &remote, environment));
    };
    if let Err(Wrong { message, help }) = args.consistent() {
        return usage(&message, &help);
    }
    match ask(args, data, environment) {
        Ok(Ok(consulted)) => {
            written(stdout().write_all(consulted.text.as_bytes()))?;
            Ok(if consulted.fails { Exit::Findings } else { Exit::Good })
        }
        Ok(Err(NotConsulted::Wrong { message, help })) => usage(&message, &help),
        Ok(Err(NotConsulted::Failed(message))) => anyhow::bail!(message),
        Err(error) if error.is::<NoRecord>() || error.is::<NoMilestone>() => usage(&format!("{error:#}"), ""),
        Err(error) => Err(error),
    }
}

/// What goes on record is a server's to write, also where its data folder is named.
const fn records_something(args: &ReviewArgs) -> bool {
    match &args.verb {
        None => args.judged.milestone.is_some(),
        Some(ReviewVerb::Take(_) | ReviewVerb::Drop(_) | ReviewVerb::Taken(_)) => true,
        Some(ReviewVerb::Diff(_) | ReviewVerb::Impact(_)) => false,
    }
}

/// The server to ask. A folder that is named gives its owner's token.
fn remote(place: &Place, environment: &Environment) -> Remote {
    let usual = || environment.server.clone().unwrap_or_else(|| USUAL_SERVER.to_owned());
    let server = place.server.clone().or_else(|| place.data.as_ref().map(|_| usual()));
    Place { server, ..place.clone() }.remote().expect("a place with a server is one to ask")
}

fn ask(args: &ReviewArgs, data: &Path, environment: &Environment) -> anyhow::Result<Result<Consulted, NotConsulted>> {
    let rendering = match Rendering::of(&shown(&args.look, environment)) {
        Ok(rendering) => rendering,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let mut folder = Folder::open(data, &mut told)?;
    match &args.verb {
        Some(ReviewVerb::Diff(asked)) => {
            let lens = review::embedded();
            let found = review::difference(&mut folder, &lens, &asked.before, &asked.after, wall_now())?;
            Ok(rendering.difference(&found))
        }
        Some(ReviewVerb::Impact(asked)) => {
            let (before, after) = lenses(asked)?;
            let at = review::standing(folder.reader(), wall_now())?;
            let impact = impact(&mut folder.facts()?, &before, &after, at)?;
            Ok(rendering.impact(&impact))
        }
        Some(ReviewVerb::Take(_) | ReviewVerb::Drop(_) | ReviewVerb::Taken(_)) | None => {
            judge(args, &mut folder, rendering)
        }
    }
}

fn judge(
    args: &ReviewArgs,
    folder: &mut Folder,
    rendering: Rendering,
) -> anyhow::Result<Result<Consulted, NotConsulted>> {
    let judged = &args.judged;
    let rendering = match &judged.ops {
        Some(ops) => rendering.with_places(places::places(ops)?),
        None => rendering,
    };
    let lens = match &judged.lens {
        Some(folder) => review::from_folder(folder)?,
        None => review::embedded(),
    };
    let asked = ReviewQuestion {
        at: judged.at.map(|moment| moment.0),
        practice: judged.practice.clone(),
        subject: judged.subject.clone(),
        fail_on: judged.fail_on.iter().map(|fault| fault.as_str().to_owned()).collect(),
        shown: Shown { format: args.look.format.as_str().to_owned(), all: false, color: false, width: 0 },
    };
    let at = review::standing(folder.reader(), asked.at.unwrap_or_else(wall_now))?;
    let found = folder.review(&lens, at)?;
    let (reader, reading) = folder.parts();
    let beside = Beside::read(reader, &mut reading.at(at.seq.0, std::time::Duration::ZERO)?)?;
    Ok(rendering.review(&found, &beside, &asked))
}

/// The lens as it is, and as somebody would have it.
fn lenses(asked: &ImpactArgs) -> anyhow::Result<(Arc<Lens>, Arc<Lens>)> {
    let before = match &asked.before {
        Some(folder) => review::from_folder(folder)?,
        None => review::embedded(),
    };
    Ok((before, review::from_folder(&asked.lens)?))
}

fn shown(look: &Look, environment: &Environment) -> Shown {
    let text = look.format == ReviewFormat::Text;
    let color = text && stdout().is_terminal() && !environment.no_color;
    Shown { format: look.format.as_str().to_owned(), all: look.all, color, width: look.width }
}

fn usage(message: &str, help: &str) -> anyhow::Result<Exit> {
    let help = if help.is_empty() { String::new() } else { format!("  = help: {help}\n") };
    written(stderr().write_all(format!("error: {message}\n{help}").as_bytes()))?;
    Ok(Exit::Usage)
}

/// Long work shows how far it is, to a person.
fn told(progress: Progress) {
    if progress.head >= WORTH_TELLING && stderr().is_terminal() {
        let end = if progress.seq == progress.head { "\n" } else { "" };
        let _ = write!(stderr(), "\rtaking in the record: {} of {}{end}", progress.seq, progress.head);
    }
}

//! `evenkeel demo`: plays the demo and prints what came of it.

use std::io::{Write, stdout};

use evenkeel_cli::args::Demo;
use evenkeel_cli::exit::Exit;

use crate::demo::{Answerer, Narrator, play};

pub(crate) async fn run(args: Demo) -> anyhow::Result<Exit> {
    let narrator = if args.headless { Narrator::aside() } else { Narrator::on_stage() };
    let answerer = if args.stay { Answerer::Person } else { Answerer::Play };
    let report = play(args.keep, answerer, narrator).await?;
    if args.headless {
        writeln!(stdout(), "{}", report.json())?;
    }
    Ok(if report.ok() { Exit::Good } else { Exit::Findings })
}

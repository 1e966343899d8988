//! `evenkeel explain`: what a code means, and what to do about it.

use std::io::{Write, stderr, stdout};

use evenkeel_cli::exit::Exit;
use evenkeel_cli::explain::{Explain, Explained};
use evenkeel_report::Page;

pub(crate) fn run(args: &Explain) -> anyhow::Result<Exit> {
    match args.answer(&known()) {
        Ok(answer) => {
            write!(stdout(), "{answer}")?;
            Ok(Exit::Good)
        }
        Err(wrong) => {
            writeln!(stderr(), "error: {wrong}")?;
            Ok(Exit::Usage)
        }
    }
}

/// Every code of the ops repo and of imports, by code.
fn known() -> Vec<Explained> {
    let listed = evenkeel_model::codes::all().into_iter().chain(evenkeel_import::codes::ALL.iter().copied());
    let mut known: Vec<Explained> =
        listed.map(|(code, meaning)| Explained { code, meaning, page: Page::of(code).map(|page| page.text) }).collect();
    known.sort_unstable();
    known
}

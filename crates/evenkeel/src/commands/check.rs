//! `evenkeel check`: reads an ops repo and says what is wrong with it.

use std::io::{IsTerminal, Write, stdout};

use evenkeel_cli::args::{Check, Format};
use evenkeel_cli::exit::Exit;
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read};

pub(crate) fn run(args: &Check) -> anyhow::Result<Exit> {
    let missing = if args.allow_missing_receivers { Missing::Allow } else { Missing::Refuse };
    let loaded = load(&read(&args.ops)?, missing);
    let mut out = stdout().lock();
    match args.format {
        Format::Text => {
            let color = stdout().is_terminal();
            write!(out, "{}", evenkeel_report::text(&loaded.diagnostics, &loaded.sources, color))?;
        }
        Format::Json => writeln!(out, "{:#}", evenkeel_report::json(&loaded.diagnostics, &loaded.sources))?,
    }
    Ok(if loaded.diagnostics.is_empty() { Exit::Good } else { Exit::Findings })
}

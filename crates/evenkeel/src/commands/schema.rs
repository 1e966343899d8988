//! `evenkeel schema`: what documents may say, as JSON Schema for editors.

use std::io::{Write, stderr, stdout};

use evenkeel_cli::exit::Exit;
use evenkeel_cli::schema::{Schema, unknown_kind};
use evenkeel_formats::kinds;
use evenkeel_formats::shape::json_schema;

pub(crate) fn run(args: &Schema) -> anyhow::Result<Exit> {
    let Some(schema) = json_schema(args.kind.as_deref()) else {
        let known: Vec<&str> = kinds().iter().map(|kind| kind.name).collect();
        writeln!(stderr(), "error: {}", unknown_kind(args.kind.as_deref().unwrap_or_default(), &known))?;
        return Ok(Exit::Usage);
    };
    write!(stdout(), "{schema}")?;
    Ok(Exit::Good)
}

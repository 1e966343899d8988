//! `evenkeel schema`: what documents may say, and facts, as JSON Schema for editors and senders.

use std::io::{Write, stderr, stdout};

use evenkeel_cli::exit::Exit;
use evenkeel_cli::schema::{Schema, unknown_kind};
use evenkeel_formats::shape::json_schema;

/// What stands before the name of a kind of fact: some are called as documents are.
const FACT: &str = "fact:";

pub(crate) fn run(args: &Schema) -> anyhow::Result<Exit> {
    let name = args.kind.as_deref();
    let Some(schema) = of_fact(name).or_else(|| json_schema(name)) else {
        writeln!(stderr(), "error: {}", unknown(name.unwrap_or_default()))?;
        return Ok(Exit::Usage);
    };
    write!(stdout(), "{schema}")?;
    Ok(Exit::Good)
}

fn of_fact(name: Option<&str>) -> Option<String> {
    let kind = evenkeel_fact::kind(name?.strip_prefix(FACT)?)?;
    Some(format!("{:#}\n", evenkeel_fact::schema(kind)))
}

fn unknown(name: &str) -> String {
    if name.starts_with(FACT) {
        let known: Vec<String> = evenkeel_fact::kinds().iter().map(|kind| format!("{FACT}{}", kind.name)).collect();
        return unknown_kind(name, &known.iter().map(String::as_str).collect::<Vec<_>>());
    }
    unknown_kind(name, &evenkeel_formats::kinds().iter().map(|kind| kind.name).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_have_schemas_beside_documents() {
        let risk = of_fact(Some("fact:risk")).expect("a kind of fact");
        assert!(risk.starts_with("{\n") && risk.contains("Evenkeel fact: risk"), "{risk}");
        assert!(json_schema(Some("Risk")).is_some_and(|document| document != risk));
        assert_eq!((of_fact(Some("risk")), of_fact(None)), (None, None));
        assert_eq!(unknown("fact:rsk"), "no kind is called `fact:rsk`: did you mean `fact:risk`?");
        assert_eq!(unknown("Rsk"), "no kind is called `Rsk`: did you mean `Risk`?");
    }
}

//! The kinds of facts for people: which there are, and what each says.

use std::fmt::Write as _;

use evenkeel_fact::{FactFault, FactKind, Field, Sort, kind, kinds};
use serde_json::{Value, json};

use crate::args::Format;
use crate::client::Wrong;

/// So many faults are spelled out.
const FAULTS_MAX: usize = 10;

/// Every kind, a line each.
pub(super) fn all(format: Format) -> String {
    match format {
        Format::Json => format!("{:#}\n", kinds().iter().map(|kind| object(kind)).collect::<Value>()),
        Format::Text => {
            let width = kinds().iter().map(|kind| kind.name.len()).max().unwrap_or(0);
            let line = |kind: &&FactKind| format!("{:width$}  {}\n", kind.name, kind.about);
            kinds().iter().map(line).collect()
        }
    }
}

/// What one kind says, a line a field; what is needed has a star.
pub(super) fn fields(name: &str, format: Format) -> Result<String, Wrong> {
    let Some(kind) = kind(name) else { return Err(unknown(name)) };
    if format == Format::Json {
        return Ok(format!("{:#}\n", object(kind)));
    }
    let mut rows: Vec<[String; 3]> = Vec::new();
    for part in kind.requires {
        rows.push([format!("--{} *", part.as_str()), "name".to_owned(), part.about().to_owned()]);
    }
    for field in kind.fields {
        let star = if field.required { " *" } else { "" };
        rows.push([format!("{}{star}", field.name), field.sort.as_str().to_owned(), about(field)]);
    }
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
    let (names, sorts) = (width(0), width(1));
    let mut out = format!("{}: {}\n\n", kind.name, kind.about);
    for [name, sort, about] in &rows {
        let _ = writeln!(out, "{name:names$}  {sort:sorts$}  {about}");
    }
    Ok(format!("{out}\n* is needed\n"))
}

/// What is wrong with what was said, and where to look.
pub(super) fn wrong(name: &str, faults: &[FactFault]) -> Wrong {
    let said: Vec<String> = faults.iter().take(FAULTS_MAX).map(ToString::to_string).collect();
    let more = faults.len().saturating_sub(FAULTS_MAX);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let help = if kind(name).is_some() {
        format!("`evenkeel record {name} --fields` lists what can be said")
    } else {
        "`evenkeel record --kinds` lists the kinds".to_owned()
    };
    Wrong::new(format!("{}{more}", said.join("; ")), help)
}

fn unknown(name: &str) -> Wrong {
    let known = kinds().iter().map(|kind| kind.name);
    let near = evenkeel_diagnostic::did_you_mean(name, known).map(|near| format!("did you mean `{near}`?"));
    Wrong::new(
        format!("there is no kind of fact named `{name}`"),
        near.unwrap_or_else(|| "`evenkeel record --kinds` lists the kinds".to_owned()),
    )
}

/// What it means, and which words it may be.
fn about(field: &Field) -> String {
    if let Sort::Word(words) = field.sort {
        format!("{}: {}", field.about.trim_end_matches('.'), words.join(", "))
    } else {
        field.about.to_owned()
    }
}

fn object(kind: &FactKind) -> Value {
    let field = |field: &Field| {
        let words = if let Sort::Word(words) = field.sort { json!(words) } else { Value::Null };
        json!({ "name": field.name, "sort": field.sort.as_str(), "words": words, "required": field.required, "about": field.about })
    };
    json!({
        "kind": kind.name,
        "about": kind.about,
        "table": kind.table,
        "requires": kind.requires.iter().map(|part| part.as_str()).collect::<Vec<_>>(),
        "fields": kind.fields.iter().map(field).collect::<Vec<_>>(),
    })
}

//! The reference as Markdown: `docs/api.md`.

use std::fmt::{self, Write};

use serde_json::Value;

use super::outline::{About, Field, Operation, Outline};

const HEAD: &str = "# API\n\n<!-- Written by the tests of crates/api from the OpenAPI document: \
`UPDATE_OPENAPI=1 cargo test -p evenkeel-api openapi`. -->\n\n";
const MORE: &str = "The same as [OpenAPI 3.1](schema/openapi.json), which a server shows at `/api/v1/openapi.json`, and as a \
page at `/api/v1/reference`. How requests, answers and refusals work, and Alertmanager's API, which is served too, stand in \
[http.md](http.md).\n\n";

/// The reference as Markdown.
#[must_use]
pub fn markdown(document: &Value) -> String {
    let mut page = String::new();
    write(&mut page, &Outline::of(document)).expect("writing to a text cannot fail");
    page
}

fn write(page: &mut String, outline: &Outline) -> fmt::Result {
    write!(page, "{HEAD}{}\n\n{MORE}", outline.about)?;
    writeln!(page, "| Method | Path | Action | What |\n|---|---|---|---|")?;
    for operation in outline.tags.iter().flat_map(|tag| &tag.operations) {
        let Operation { method, path, action, summary, .. } = operation;
        writeln!(page, "| {method} | `{path}` | {action} | {summary} |")?;
    }
    for About { name, about, operations, .. } in &outline.tags {
        writeln!(page, "\n## {name}\n\n{about}")?;
        operations.iter().try_for_each(|operation| described(page, operation))?;
    }
    writeln!(page, "\n## Objects")?;
    for object in &outline.objects {
        writeln!(page, "\n### {}\n", object.name)?;
        if !object.about.is_empty() {
            writeln!(page, "{}\n", object.about)?;
        }
        fields(page, "Field", &object.fields)?;
    }
    writeln!(page, "\n## Problems\n\nEach `type` is `/api/v1/reference#problem-` and the code.\n")?;
    writeln!(page, "| Code | Status | Operations |\n|---|---|---|")?;
    outline
        .problems
        .iter()
        .try_for_each(|fault| writeln!(page, "| `{}` | {} | {} |", fault.code, fault.statuses, fault.count))
}

fn described(page: &mut String, operation: &Operation) -> fmt::Result {
    let Operation { method, path, summary, about, role, .. } = operation;
    let between = if about.is_empty() { "" } else { " " };
    writeln!(page, "\n### {method} {path}\n\n{summary}.{between}{about}\n\nNeeds: {role}.")?;
    if !operation.params.is_empty() {
        writeln!(page)?;
        fields(page, "Parameter", &operation.params)?;
    }
    if let Some((sort, example)) = &operation.body {
        writeln!(page, "\nTakes {sort}, such as\n\n```json\n{example}\n```")?;
    }
    writeln!(page)?;
    for answer in &operation.answers {
        let about = if answer.about.is_empty() { String::new() } else { format!(": {}", answer.about) };
        writeln!(page, "- {} `{}`, {}{about}", answer.status, answer.media, cell(&answer.sort))?;
    }
    for (status, codes) in &operation.refusals {
        let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
        writeln!(page, "- {status} {}", codes.join(", "))?;
    }
    Ok(())
}

fn fields(page: &mut String, what: &str, fields: &[Field]) -> fmt::Result {
    if fields.is_empty() {
        return writeln!(page, "An object without fields that are known beforehand.");
    }
    writeln!(page, "| {what} | What | |\n|---|---|---|")?;
    for field in fields {
        let place = if field.place.is_empty() { String::new() } else { format!(" ({})", field.place) };
        let needed = if field.needed { ", always" } else { "" };
        writeln!(page, "| `{}`{place} | {}{needed} | {} |", field.name, cell(&field.sort), cell(&field.about))?;
    }
    Ok(())
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ").replace('<', "&lt;")
}

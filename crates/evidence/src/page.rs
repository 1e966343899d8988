//! The page of the docs that lists every table, from the declarations.

use std::fmt::Write as _;

use evenkeel_evidence_sql::{Column, Sort, Source, Table, tables};

/// The tables as Markdown.
#[must_use]
pub fn evidence_page() -> String {
    let mut page = String::new();
    for (title, wanted) in [
        ("What Evenkeel did and saw", Group::Observed),
        ("What the ops repo declares", Group::Documents),
        ("What happened outside and was told", Group::Facts),
    ] {
        let _ = write!(page, "\n## {title}\n");
        for table in tables().iter().filter(|table| Group::of(table) == wanted) {
            section(table, &mut page);
        }
    }
    page
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Observed,
    Documents,
    Facts,
}

impl Group {
    const fn of(table: &Table) -> Self {
        match table.source {
            Source::Observed => Self::Observed,
            Source::Documents(_) => Self::Documents,
            Source::Fact(_) => Self::Facts,
        }
    }
}

fn section(table: &Table, page: &mut String) {
    let _ = write!(page, "\n### `{}`\n\n{}.", table.name, table.about);
    match table.source {
        Source::Observed => {}
        Source::Documents(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
            let _ = write!(page, " Documents of kind {}.", kinds.join(", "));
        }
        Source::Fact(kind) => {
            let _ = write!(page, " Facts of kind `{kind}`.");
        }
    }
    page.push_str("\n\n| column | holds | |\n|---|---|---|\n");
    for column in shown(table) {
        let _ = writeln!(page, "| `{}` | {} | {}. |", column.name, holds(column), about(column));
    }
    if table.columns.len() > shown(table).count() {
        let what = if matches!(table.source, Source::Fact(_)) { "fact" } else { "document" };
        let _ = write!(page, "\nAnd what every {what} has.\n");
    }
    if !table.lists.is_empty() {
        let lists: Vec<String> =
            table.lists.iter().map(|list| format!("`{}` ({})", list.name, lowered(list.about))).collect();
        let _ = write!(page, "\nLists in `links`: {}.\n", lists.join(", "));
    }
}

/// The columns of a table that others of its group do not have too.
fn shown(table: &Table) -> impl Iterator<Item = &Column> {
    let head = match table.source {
        Source::Observed => 0,
        Source::Documents(_) => DOCUMENT_HEAD,
        Source::Fact(_) => FACT_HEAD,
    };
    table.columns.iter().skip(head)
}

/// How many columns every document has.
const DOCUMENT_HEAD: usize = 7;
/// How many columns every fact has.
const FACT_HEAD: usize = 10;

fn holds(column: &Column) -> String {
    let sort = match column.sort {
        Sort::Text => "text",
        Sort::Whole => "whole number",
        Sort::Real => "number",
    };
    if column.nullable { format!("{sort}, or NULL") } else { sort.to_owned() }
}

fn about(column: &Column) -> String {
    let named = column.words.iter().all(|word| column.about.contains(&format!("`{word}`")));
    if named {
        return column.about.to_owned();
    }
    let words: Vec<String> = column.words.iter().map(|word| format!("`{word}`")).collect();
    format!("{}: {}", column.about, words.join(", "))
}

fn lowered(about: &str) -> String {
    let mut letters = about.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

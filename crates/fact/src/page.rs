//! `docs/facts.md`, made from the declarations.

use std::fmt::Write;

use crate::{Envelope, FactKind, Field, KEY_BYTES_MAX, LIST_ITEMS_MAX, NAME_BYTES_MAX, Sort, TEXT_CHARS_MAX, kinds};

/// The text of `docs/facts.md`.
#[must_use]
pub fn facts_page() -> String {
    let mut page = format!(
        "# Facts\n\n\
         A fact is something that happened outside and is told to Evenkeel: a deployment, a review, a drill. Each kind\n\
         says what it needs; what is not as its kind declares it is refused, with everything that is wrong at once.\n\
         `evenkeel schema fact:deployment` prints the JSON Schema of a kind. This page is written from the same\n\
         declarations.\n\n\
         ## What every fact has\n\n\
         | Name | What it is | Meaning |\n|---|---|---|\n\
         | `key` | text, at most {KEY_BYTES_MAX} bytes, needed | What makes it one thing among those of its kind. \
         Told again with the same content, nothing is recorded; with another content, it is the same thing, said anew. |\n\
         | `at` | instant | When it happened: RFC 3339, or milliseconds since 1970. Left out, the time of the event that \
         carries it. At most five minutes ahead. |\n"
    );
    for part in Envelope::ALL {
        row(&mut page, part.as_str(), "text", part.about());
    }
    let bounds = format!(
        "\nTexts have at most {TEXT_CHARS_MAX} characters, lists at most {LIST_ITEMS_MAX} items of {NAME_BYTES_MAX} bytes \
         each. Instants are kept as\nmilliseconds since 1970, and every field is a column of the kind's table, a list \
         rows of `links`. A workload, team or\nperson has to be one of the ops repo. Of one kind, 100,000 facts a day \
         are taken from one source.\n\n\
         ## Kinds\n\n| Kind | Table | What it is |\n|---|---|---|\n"
    );
    page.push_str(&bounds);
    for FactKind { name, table, about, .. } in kinds() {
        page.push_str(&format!("| [`{name}`](#{name}) | `{table}` | {about} |\n"));
    }
    kinds().iter().for_each(|kind| section(&mut page, kind));
    page
}

fn section(page: &mut String, kind: &FactKind) {
    let FactKind { name, table, about, requires, fields } = kind;
    write(page, format_args!("\n## {name}\n\n{about} Table `{table}`."));
    if !requires.is_empty() {
        let demanded: Vec<String> = requires.iter().map(|part| format!("`{}`", part.as_str())).collect();
        write(page, format_args!(" It has to name its {}.", demanded.join(", ")));
    }
    page.push_str("\n\n| Name | What it is | Meaning |\n|---|---|---|\n");
    for Field { name, sort, required, about } in *fields {
        let sort = match sort {
            Sort::Word(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Sort::Text | Sort::Whole | Sort::Flag | Sort::List | Sort::Instant => sort.as_str().to_owned(),
        };
        row(page, name, &format!("{sort}{}", if *required { "; needed" } else { "" }), about);
    }
}

fn row(page: &mut String, name: &str, sort: &str, about: &str) {
    write(page, format_args!("| `{name}` | {sort} | {about} |\n"));
}

fn write(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("a string takes it");
}

//! Facts: what happened outside and was told, one table a kind, as crate `fact` declares them.

use evenkeel_fact::{FactKind, Sort as FactSort, kinds};

use super::columns;
use crate::table::{Column, List, Source, Table, text, whole};

/// What every fact has.
const HEAD: [Column; 10] = [
    text("id", "Its id; a fact that corrects another keeps that one's").always().index(),
    whole("record", "Number of the record that first told it").always(),
    text("origin", "`observed`, `reported` or `imported`").always().words(&["observed", "reported", "imported"]),
    text("key", "What makes it the same fact when it is told again").always(),
    text("source", "Who or what told it").always(),
    whole("at", "When it happened").always().index(),
    whole("recorded_at", "When it was recorded").always(),
    text("workload", "The workload it is about").index(),
    text("team", "The team it is about; that of the workload where none was told").index(),
    text("person", "The person it is about"),
];

/// What leads from one fact to another, or from a document to what happened to it: table and column.
const LOOKED_UP: [(&str, &str); 9] = [
    ("analyses", "incident"),
    ("code_reviews", "repository"),
    ("decision_events", "decision"),
    ("decision_events", "incident"),
    ("kpi_readings", "kpi"),
    ("lesson_events", "lesson"),
    ("pipelines", "commit"),
    ("releases", "digest"),
    ("request_events", "request"),
];

pub(super) fn tables() -> Vec<Table> {
    kinds().iter().copied().map(table).collect()
}

fn table(kind: &'static FactKind) -> Table {
    let (mut own, mut lists) = (Vec::new(), Vec::new());
    for field in kind.fields {
        let about = sentence(field.about);
        let looked_up = LOOKED_UP.contains(&(kind.table, field.name));
        own.push(match field.sort {
            FactSort::Text if looked_up => text(field.name, about).index(),
            FactSort::Text => text(field.name, about),
            FactSort::Word(words) => text(field.name, about).words(words),
            FactSort::Whole | FactSort::Flag | FactSort::Instant => whole(field.name, about),
            FactSort::List => {
                lists.push(List { name: field.name, about });
                continue;
            }
        });
    }
    Table {
        name: kind.table,
        about: sentence(kind.about),
        source: Source::Fact(kind.name),
        columns: columns(&[&HEAD, &own]),
        lists,
    }
}

fn sentence(about: &'static str) -> &'static str {
    about.strip_suffix('.').unwrap_or(about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_up_is_there() {
        for (table, column) in LOOKED_UP {
            let found = crate::table(table).and_then(|table| table.column(column));
            assert!(found.is_some_and(|column| column.indexed), "{table}.{column}");
        }
    }
}

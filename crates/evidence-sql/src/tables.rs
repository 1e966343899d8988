//! Every table of evidence, declared once: the store makes its schema of it, the checker its names, the page in the
//! docs its text.

mod documents;
mod facts;
mod incidents;
mod observed;

use std::sync::LazyLock;

use crate::table::{Column, Source, Table, text, whole};

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let mut tables = vec![links()];
    tables.extend(documents::tables());
    tables.extend(observed::tables());
    tables.extend(incidents::tables());
    tables.extend(facts::tables());
    tables.sort_by_key(|table| table.name);
    tables
});

/// Every table, by name.
#[must_use]
pub fn tables() -> &'static [Table] {
    &TABLES
}

/// The table of a name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    let at = TABLES.binary_search_by(|table| table.name.cmp(name)).ok()?;
    TABLES.get(at)
}

/// The table of the facts of a kind.
#[must_use]
pub fn table_of_facts(kind: &str) -> Option<&'static Table> {
    evenkeel_fact::kind(kind).and_then(|kind| table(kind.table))
}

/// The table of the documents of a kind, besides the catalogue.
#[must_use]
pub fn table_of_documents(kind: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| match table.source {
        Source::Documents(kinds) => kinds.contains(&kind),
        Source::Fact(_) | Source::Observed => false,
    })
}

fn links() -> Table {
    Table {
        name: "links",
        about: "What rows of other tables have several of: one row a value",
        source: Source::Observed,
        columns: vec![
            text("owner_id", "The `id` of the row that has it").always().index(),
            text("field", "Which of its lists").always(),
            text("value", "One value of the list").always().index(),
        ],
        lists: Vec::new(),
    }
}

/// Columns, one behind the other.
fn columns(parts: &[&[Column]]) -> Vec<Column> {
    parts.concat()
}

/// The number of the record that a row began with.
const RECORD: Column = whole("record", "Number of the record that made it").always();

fn observed(name: &'static str, about: &'static str, own: &[Column]) -> Table {
    Table { name, about, source: Source::Observed, columns: own.to_vec(), lists: Vec::new() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_plain() {
        let plain = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        let mut names = BTreeSet::new();
        for table in tables() {
            assert!(names.insert(table.name) && plain(table.name), "{}", table.name);
            let mut columns = BTreeSet::new();
            for column in &table.columns {
                assert!(columns.insert(column.name) && plain(column.name), "{}.{}", table.name, column.name);
                assert!(!column.about.ends_with('.') && !column.about.is_empty(), "{}.{}", table.name, column.name);
                assert!(!["seq_from", "seq_to"].contains(&column.name));
            }
            assert_eq!(super::table(table.name).map(|found| found.name), Some(table.name));
        }
    }

    #[test]
    fn what_has_lists_has_an_id() {
        for table in tables().iter().filter(|table| !table.lists.is_empty()) {
            assert!(table.column("id").is_some_and(|id| id.indexed && !id.nullable), "{}", table.name);
        }
    }
}

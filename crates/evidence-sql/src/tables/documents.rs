//! The documents of the ops repo: one table a kind, and the catalogue of all.

mod operations;
mod registers;

use super::{columns, observed};
use crate::table::{Column, List, Source, Table, text, whole};

pub(super) fn tables() -> Vec<Table> {
    let mut tables = vec![catalogue(), owners()];
    tables.extend(operations::tables());
    tables.extend(registers::tables());
    tables
}

/// What every document has.
const HEAD: [Column; 7] = [
    text("id", "Kind and name, such as `Risk:single-region`").always().index(),
    text("name", "Its name").always().index(),
    text("owner", "Who owns it, such as `team:payments`"),
    text("team", "The owner, where that is a team").index(),
    whole("declared_at", "When this was first declared").always(),
    whole("record", "Number of the record that declared it").always(),
    text("origin", "Always `observed`").always(),
];

fn documents(
    name: &'static str,
    about: &'static str,
    kinds: &'static [&'static str],
    own: &[Column],
    lists: &[List],
) -> Table {
    Table { name, about, source: Source::Documents(kinds), columns: columns(&[&HEAD, own]), lists: lists.to_vec() }
}

const fn list(name: &'static str, about: &'static str) -> List {
    List { name, about }
}

/// The list that most registers have.
const WORKLOADS: List = list("workloads", "The workloads it is about");

const fn workload() -> Column {
    text("workload", "The workload it is about").index()
}

fn catalogue() -> Table {
    observed(
        "catalogue",
        "Every document of the ops repo",
        &[
            text("id", "Kind and name, such as `Risk:single-region`").always().index(),
            text("kind", "Its kind, such as `Workload`").always().index(),
            text("name", "Its name").always().index(),
            text("owner", "Who owns it, such as `team:payments`"),
            text("team", "The owner, where that is a team").index(),
            whole("declared_at", "When this was first declared").always(),
            whole("record", "Number of the record that declared it").always(),
            text("origin", "Always `observed`").always(),
        ],
    )
}

fn owners() -> Table {
    observed(
        "owners",
        "Every document that names an owner",
        &[
            text("kind", "Its kind, such as `Workload`").always().index(),
            text("name", "Its name").always(),
            text("owner_kind", "`team` or `person`").words(&["team", "person"]).always(),
            text("owner_name", "Name of the owner").always().index(),
            whole("live", "Whether the owner is declared too").always(),
            whole("record", "Number of the record that declared it").always(),
        ],
    )
}

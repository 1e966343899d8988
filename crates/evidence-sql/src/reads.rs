//! What a query reads: tables, and of `links`, where the lists of all tables lie, those lists that it can find.
//!
//! Rows of `links` change with almost anything, so whoever wants to know whether a query may say something else now
//! needs more than that name.

use std::collections::BTreeSet;

use crate::table::{Source, Table};
use crate::tables::tables;
use crate::tree::{Core, Expr, From, Join, Node, Query, Relation};

/// The table of lists.
const LINKS: &str = "links";

/// How a list is named among what a query reads, by its field; `told`: of facts, else of documents.
#[must_use]
pub fn list_name(told: bool, field: &str) -> String {
    let of = if told { "told" } else { "declared" };
    format!("{LINKS}:{of}:{field}")
}

/// The names of all lists.
#[must_use]
pub fn list_names() -> BTreeSet<String> {
    let named = |table: &'static Table| {
        let told = is_told(table);
        table.lists.iter().map(move |list| list_name(told, list.name))
    };
    tables().iter().flat_map(named).collect()
}

const fn is_told(table: &Table) -> bool {
    matches!(table.source, Source::Fact(_))
}

/// What a query reads, by name.
pub(crate) fn reads(query: &Query) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    note(query, &mut names);
    names
}

fn note(query: &Query, names: &mut BTreeSet<String>) {
    query.with.iter().for_each(|cte| note(&cte.query, names));
    for core in query.cores() {
        for from in &core.from {
            match &from.relation {
                Relation::Query(query) => note(query, names),
                Relation::Table(table) if table.name == LINKS => lists(core, from, names),
                Relation::Table(table) => {
                    names.insert(table.name.to_owned());
                }
                Relation::Cte(_) => {}
            }
        }
    }
    query.walk(&mut |expr| {
        if let Node::InQuery { query, .. } | Node::Exists { query, .. } | Node::Scalar(query) = &expr.node {
            note(query, names);
        }
        true
    });
}

/// The lists that a source may find; all, where nothing says which.
fn lists(core: &Core, from: &From, names: &mut BTreeSet<String>) {
    let Some(Some(fields)) = lists_of(core, from) else {
        names.insert(LINKS.to_owned());
        return;
    };
    let owner = owner_of(core, from).and_then(|(_, table)| match table.source {
        Source::Fact(_) => Some(true),
        Source::Documents(_) => Some(false),
        Source::Observed => None,
    });
    for told in [true, false] {
        if owner.is_none_or(|owner| owner == told) {
            names.extend(fields.iter().map(|field| list_name(told, field)));
        }
    }
}

/// The fields that a source of `links` may find, within that `None` where nothing says which; `None` of another table.
pub(crate) fn lists_of<'a>(core: &'a Core, from: &'a From) -> Option<Option<Vec<&'a str>>> {
    let own = matches!(&from.relation, Relation::Table(table) if table.name == LINKS);
    own.then(|| tying(core, from).into_iter().find_map(|condition| fields(condition, &from.alias)))
}

/// Whose lists a source of `links` finds: the source of the owners, and their table.
pub(crate) fn owner_of<'a>(core: &'a Core, from: &'a From) -> Option<(&'a From, &'static Table)> {
    tying(core, from).into_iter().find_map(|condition| owner(condition, core, &from.alias))
}

/// The conditions that rows of a source have to fulfil to be found.
fn tying<'a>(core: &'a Core, from: &'a From) -> Vec<&'a Expr> {
    let inner = core.from.iter().filter(|other| other.join != Join::Left || other.alias == from.alias);
    let conditions = core.filter.iter().chain(inner.filter_map(|other| other.on.as_ref()));
    conditions.flat_map(Expr::conjuncts).collect()
}

/// The fields that a condition demands one of.
fn fields<'a>(condition: &'a Expr, alias: &str) -> Option<Vec<&'a str>> {
    let is_field = |expr: &Expr| is_column(expr, alias, "field");
    let text = |expr: &'a Expr| match &expr.node {
        Node::Text(text) => Some(text.as_str()),
        _ => None,
    };
    if let Some((left, right)) = condition.equal() {
        return if is_field(left) {
            Some(vec![text(right)?])
        } else if is_field(right) {
            Some(vec![text(left)?])
        } else {
            None
        };
    }
    match &condition.node {
        Node::InList { expr, list, negated: false } if is_field(expr) => list.iter().map(text).collect(),
        _ => None,
    }
}

/// The source and the table of the owners, where a condition ties them to rows of a table.
fn owner<'a>(condition: &Expr, core: &'a Core, alias: &str) -> Option<(&'a From, &'static Table)> {
    let (left, right) = condition.equal()?;
    let other = match (is_column(left, alias, "owner_id"), is_column(right, alias, "owner_id")) {
        (true, false) => right,
        (false, true) => left,
        (true, true) | (false, false) => return None,
    };
    let Node::Column { alias, name, .. } = &other.node else { return None };
    let from = core.from.iter().find(|from| from.alias == *alias)?;
    match from.relation {
        Relation::Table(table) if name == "id" => Some((from, table)),
        Relation::Table(_) | Relation::Query(_) | Relation::Cte(_) => None,
    }
}

fn is_column(expr: &Expr, of: &str, column: &str) -> bool {
    matches!(&expr.node, Node::Column { alias, name, .. } if alias == of && name == column)
}

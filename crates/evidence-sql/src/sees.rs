//! Which rows a query can see at all, as far as a single row tells.
//!
//! A source of a select finds no row of its table that fails a condition on that row alone: another `sort`, another
//! `event`, a column that is empty. So a change of such rows changes nothing that the query says.

use std::collections::BTreeMap;

use crate::reads::{list_name, lists_of, owner_of};
use crate::table::{Source, Table};
use crate::tree::{Core, Expr, From, Join, Node, Op, Query, Relation};

/// A value of a row, as far as conditions can be held against it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Unknown.
    Null,
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
}

/// What a query sees.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sees {
    /// By table, and by list as those are named: one for each place where the query looks.
    places: BTreeMap<String, Vec<Look>>,
}

/// A place where a query looks.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    /// The table whose rows the conditions are about: the own one, or that of the owners of a list; `None` where a list
    /// may be anybody's.
    table: Option<&'static str>,
    conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
struct Condition {
    column: String,
    holds: Holds,
}

#[derive(Debug, Clone, PartialEq)]
enum Holds {
    /// Whether it is one of these texts.
    Among(Vec<String>, bool),
    /// How it compares to a number.
    Compares(Op, i64),
    /// Whether it is unknown.
    Null(bool),
}

impl Sees {
    pub(crate) fn of(query: &Query) -> Self {
        let mut sees = Self::default();
        sees.note(query);
        sees
    }

    /// Whether a row of a table, or a list whose owner is that row, may be seen. `read` names the table or the list.
    pub(crate) fn may_see(&self, read: &str, table: &str, row: &BTreeMap<&'static str, Value>) -> bool {
        let Some(looks) = self.places.get(read) else { return true };
        looks.iter().any(|look| match look.table {
            Some(own) => own == table && look.conditions.iter().all(|condition| condition.may_hold(row)),
            None => true,
        })
    }

    fn note(&mut self, query: &Query) {
        query.with.iter().for_each(|cte| self.note(&cte.query));
        for core in query.cores() {
            for from in &core.from {
                match &from.relation {
                    Relation::Query(query) => self.note(query),
                    Relation::Table(table) => self.look(core, from, table),
                    Relation::Cte(_) => {}
                }
            }
        }
        query.walk(&mut |expr| {
            if let Node::InQuery { query, .. } | Node::Exists { query, .. } | Node::Scalar(query) = &expr.node {
                self.note(query);
            }
            true
        });
    }

    fn add(&mut self, read: String, look: Look) {
        let known = self.places.entry(read).or_default();
        if !known.contains(&look) {
            known.push(look);
        }
    }

    fn look(&mut self, core: &Core, from: &From, table: &'static Table) {
        let Some(fields) = lists_of(core, from) else {
            let look = Look { table: Some(table.name), conditions: conditions(core, from) };
            self.add(table.name.to_owned(), look);
            return;
        };
        let owner = owner_of(core, from);
        let look = match owner {
            Some((owner, of)) => Look { table: Some(of.name), conditions: conditions(core, owner) },
            None => Look { table: None, conditions: Vec::new() },
        };
        let told = owner.and_then(|(_, of)| match of.source {
            Source::Fact(_) => Some(true),
            Source::Documents(_) => Some(false),
            Source::Observed => None,
        });
        let Some(fields) = fields else {
            // It may be any list.
            self.add(table.name.to_owned(), look);
            return;
        };
        for field in fields {
            for is_told in [true, false] {
                if told.is_none_or(|told| told == is_told) {
                    self.add(list_name(is_told, field), look.clone());
                }
            }
        }
    }
}

/// The conditions on rows of a source alone.
fn conditions(core: &Core, from: &From) -> Vec<Condition> {
    let own = from.on.iter().filter(|_| from.join == Join::Left);
    // What is joined to the left stays without it, and so sees no condition but its own.
    let inner = core.from.iter().filter(|other| other.join != Join::Left).filter_map(|other| other.on.as_ref());
    let all = core.filter.iter().chain(inner).filter(|_| from.join != Join::Left);
    own.chain(all).flat_map(Expr::conjuncts).filter_map(|condition| read(condition, &from.alias)).collect()
}

fn read(condition: &Expr, alias: &str) -> Option<Condition> {
    let column = |expr: &Expr| match &expr.node {
        Node::Column { alias: of, name, .. } if of == alias => Some(name.clone()),
        _ => None,
    };
    match &condition.node {
        Node::Binary { op, left, right } => {
            let holds = match (&right.node, op) {
                (Node::Text(text), Op::Equal) => Holds::Among(vec![text.clone()], true),
                (Node::Text(text), Op::Unequal) => Holds::Among(vec![text.clone()], false),
                (
                    Node::Whole(number),
                    Op::Equal | Op::Unequal | Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual,
                ) => Holds::Compares(*op, *number),
                _ => return None,
            };
            Some(Condition { column: column(left)?, holds })
        }
        Node::InList { expr, list, negated } => {
            let text = |expr: &Expr| match &expr.node {
                Node::Text(text) => Some(text.clone()),
                _ => None,
            };
            let texts: Option<Vec<String>> = list.iter().map(text).collect();
            Some(Condition { column: column(expr)?, holds: Holds::Among(texts?, !negated) })
        }
        Node::IsNull { expr, negated } => Some(Condition { column: column(expr)?, holds: Holds::Null(!negated) }),
        _ => None,
    }
}

impl Condition {
    /// Whether it may hold of a row; where the row says nothing of the column, it may.
    fn may_hold(&self, row: &BTreeMap<&'static str, Value>) -> bool {
        let Some(value) = row.get(self.column.as_str()) else { return true };
        match (&self.holds, value) {
            (Holds::Null(wanted), value) => (*value == Value::Null) == *wanted,
            // What is compared with something unknown does not hold.
            (Holds::Among(..) | Holds::Compares(..), Value::Null) => false,
            (Holds::Among(texts, wanted), Value::Text(text)) => texts.contains(text) == *wanted,
            (Holds::Compares(op, number), Value::Whole(value)) => match op {
                Op::Equal => value == number,
                Op::Unequal => value != number,
                Op::Less => value < number,
                Op::LessOrEqual => value <= number,
                Op::Greater => value > number,
                Op::GreaterOrEqual => value >= number,
                Op::And | Op::Or | Op::Plus | Op::Minus | Op::Times | Op::Divide | Op::Remainder | Op::Concatenate => {
                    true
                }
            },
            (Holds::Among(..), Value::Whole(_)) | (Holds::Compares(..), Value::Text(_)) => true,
        }
    }
}

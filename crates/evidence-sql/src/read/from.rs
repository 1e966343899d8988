//! `FROM` and its joins.

use evenkeel_diagnostic::did_you_mean;
use sqlparser::ast::{
    Ident, Join as ParsedJoin, JoinConstraint, JoinOperator, ObjectName, ObjectNamePart, Spanned as _, TableAlias,
    TableFactor, TableWithJoins,
};
use sqlparser::tokenizer::Span;

use super::Reader;
use super::scope::{Clause, Seen, columns_of, name_of};
use crate::fault::Fault;
use crate::tables::{table, tables};
use crate::tree::{Expr, From, Join, Node, Op, Relation};

/// Most sources in one `FROM`.
const JOIN_MAX: usize = 16;
/// Most sources in all of a query.
const REFERENCES_MAX: usize = 64;

impl Reader<'_> {
    /// Reads `FROM` into the innermost frame.
    pub(super) fn from(&mut self, from: &[TableWithJoins]) -> Option<Vec<From>> {
        let Some((first, more)) = from.split_first() else {
            return Some(Vec::new());
        };
        if let Some(second) = more.first() {
            let help = "write `JOIN … ON …` in place of the comma";
            return self.refuse(second.relation.span(), "a second source without a condition", help);
        }
        if first.joins.len() >= JOIN_MAX {
            let headline = format!("more than {JOIN_MAX} sources are joined");
            return self.fault(Fault::new(self.range(first.span()), headline));
        }
        let mut read = vec![self.source(&first.relation, Join::First)?];
        for join in &first.joins {
            let joined = self.join(join)?;
            read.push(joined);
        }
        Some(read)
    }

    fn join(&mut self, join: &ParsedJoin) -> Option<From> {
        let ParsedJoin { relation, global, join_operator } = join;
        let span = relation.span();
        if *global {
            return self.refuse(span, "`GLOBAL`", "");
        }
        let (kind, constraint) = match join_operator {
            JoinOperator::Join(constraint) | JoinOperator::Inner(constraint) => (Join::Inner, constraint),
            JoinOperator::Left(constraint) | JoinOperator::LeftOuter(constraint) => (Join::Left, constraint),
            JoinOperator::CrossJoin(constraint) => (Join::Inner, constraint),
            _ => return self.refuse(span, "this kind of join", "write `JOIN … ON …` or `LEFT JOIN … ON …`"),
        };
        let mut from = self.source(relation, kind)?;
        match constraint {
            JoinConstraint::On(on) => {
                self.clause(Clause::Rows("`ON`"));
                from.on = Some(self.condition(on)?);
            }
            JoinConstraint::None => {}
            JoinConstraint::Using(_) | JoinConstraint::UsingAlias(..) | JoinConstraint::Natural => {
                return self.refuse(span, "a join by names alone", "write the condition behind `ON`");
            }
        }
        self.relates(&from, span)?;
        Some(from)
    }

    /// Sees that a join cannot multiply rows at will: its condition ties both sides, or one of them is a single row.
    fn relates(&mut self, from: &From, span: Span) -> Option<()> {
        let level = self.frames.len().checked_sub(1)?;
        let (joined, before) = self.frames.last()?.sources.split_last()?;
        if joined.single_row || before.iter().all(|seen| seen.single_row) {
            return Some(());
        }
        let ties = |expr: &Expr| {
            let (mut own, mut others) = (false, false);
            expr.walk(&mut |part| {
                if let Node::Column { level: of, alias, .. } = &part.node
                    && *of == level
                {
                    if *alias == from.alias { own = true } else { others = true }
                }
                true
            });
            own && others
        };
        if from.on.as_ref().is_some_and(|on| conjuncts(on).into_iter().any(ties)) {
            return Some(());
        }
        let headline = format!("nothing ties `{}` to what stands before it", from.alias);
        let fault = Fault::new(self.range(span), headline);
        self.fault(fault.help("write a condition behind `ON` that compares columns of both"))
    }

    fn source(&mut self, factor: &TableFactor, join: Join) -> Option<From> {
        let span = factor.span();
        self.references += 1;
        if self.references > REFERENCES_MAX {
            let headline = format!("the query has more than {REFERENCES_MAX} sources of rows");
            return self.fault(Fault::new(self.range(span), headline));
        }
        // What a query in `FROM` may refer to is what stands around this select, not its neighbours.
        let neighbours = self.frames.last_mut().map(|frame| std::mem::take(&mut frame.sources)).unwrap_or_default();
        let read = self.relation(factor);
        let duplicate = read.as_ref().is_some_and(|(seen, _)| neighbours.iter().any(|it| it.alias == seen.alias));
        let frame = self.frames.last_mut()?;
        frame.sources = neighbours;
        let (seen, relation) = read?;
        let alias = seen.alias.clone();
        frame.sources.push(seen);
        if duplicate {
            let fault = Fault::new(self.range(span), format!("two sources are called `{alias}`"));
            return self.fault(fault.help("give each its own name, as in `pages AS p`"));
        }
        Some(From { join, alias, relation, on: None })
    }

    fn relation(&mut self, factor: &TableFactor) -> Option<(Seen, Relation)> {
        match factor {
            TableFactor::Table {
                name,
                alias,
                args: None,
                with_hints,
                version: None,
                with_ordinality: false,
                partitions,
                json_path: None,
                sample: None,
                index_directives,
                inheritance: None,
            } if with_hints.is_empty() && partitions.is_empty() && index_directives.is_empty() => {
                let ident = self.single(name)?;
                let alias = self.alias(alias.as_ref())?.unwrap_or_else(|| name_of(ident));
                self.named(ident, alias)
            }
            TableFactor::Derived { lateral: false, subquery, alias, sample: None } => {
                let Some(alias) = self.alias(alias.as_ref())? else {
                    let fault = Fault::new(self.range(factor.span()), "a query in `FROM` needs a name");
                    return self.fault(fault.help("write `(SELECT …) AS q`"));
                };
                let query = self.query(subquery)?;
                let seen = Seen { alias, columns: query.columns.clone(), table: None, single_row: query.has_one_row() };
                Some((seen, Relation::Query(Box::new(query))))
            }
            _ => self.refuse(factor.span(), "this source of rows", "name a table, or write `(SELECT …) AS q`"),
        }
    }

    fn named(&mut self, ident: &Ident, alias: String) -> Option<(Seen, Relation)> {
        let name = name_of(ident);
        if let Some(named) = self.named.iter().rev().find(|named| named.name == name) {
            let seen = Seen { alias, columns: named.columns.clone(), table: None, single_row: named.single_row };
            return Some((seen, Relation::Cte(name)));
        }
        let Some(table) = table(&name) else {
            let fault = Fault::new(self.range(ident.span), format!("there is no table `{name}`"));
            let known = tables().iter().map(|table| table.name);
            let near = did_you_mean(&name, known.chain(self.named.iter().map(|named| named.name.as_str())));
            let fault = match near {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help("`docs/evidence.md` lists the tables"),
            };
            return self.fault(fault);
        };
        self.tables.insert(table.name);
        let seen = Seen { alias, columns: columns_of(table), table: Some(table), single_row: false };
        Some((seen, Relation::Table(table)))
    }

    /// A name of one part.
    pub(super) fn single<'b>(&mut self, name: &'b ObjectName) -> Option<&'b Ident> {
        match name.0.as_slice() {
            [ObjectNamePart::Identifier(ident)] => Some(ident),
            _ => self.refuse(name.span(), "a name of several parts", "write the table's name alone"),
        }
    }

    fn alias(&mut self, alias: Option<&TableAlias>) -> Option<Option<String>> {
        match alias {
            None => Some(None),
            Some(TableAlias { explicit: _, name, columns, at: None }) if columns.is_empty() => {
                Some(Some(name_of(name)))
            }
            Some(alias) => {
                self.refuse(alias.span(), "a list of names behind a name", "name columns where they are made")
            }
        }
    }
}

/// What is joined by `AND`.
fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &expr.node {
        Node::Binary { op: Op::And, left, right } => [conjuncts(left), conjuncts(right)].concat(),
        _ => vec![expr],
    }
}

//! Whole queries: one or more selects, in an order, within a limit.

use std::ops::Range;

use sqlparser::ast::{
    Expr as ParsedExpr, LimitClause, Offset, OffsetRows, OrderBy, Query as ParsedQuery, SetExpr, SetOperator,
    SetQuantifier, Spanned as _, Value, ValueWithSpan,
};

use super::{Purpose, Reader};
use crate::fault::Fault;
use crate::table::Sort;
use crate::tree::{Core, Expr, From, Item, Join, Kind, Node, Order, Output, Query, Relation, Union};

/// Most columns that a query returns.
const COLUMNS_MAX: usize = 100;

/// What a column is of which all values are `NULL`.
pub(super) type Wanted<'a> = &'a dyn Fn(&str) -> Option<Sort>;

impl Query {
    pub(super) const fn of(with: Vec<crate::tree::Cte>, first: Core, rest: Vec<Union>) -> Self {
        Self { with, first, rest, order_by: Vec::new(), limit: None, offset: None, columns: Vec::new() }
    }

    /// Whether it has one row, whatever the tables hold.
    pub(super) fn has_one_row(&self) -> bool {
        let Core { from, filter, group_by, having, grouped, .. } = &self.first;
        let whole = *grouped && group_by.is_empty() && having.is_none();
        let kept = self.limit.is_none_or(|limit| limit > 0) && self.offset.is_none();
        self.rest.is_empty() && kept && (whole || from.is_empty() && filter.is_none() && group_by.is_empty())
    }
}

impl Reader<'_> {
    /// The query that the text is.
    pub(super) fn whole_query(&mut self, parsed: &ParsedQuery) -> Option<Query> {
        match self.purpose {
            Purpose::Query => self.query(parsed),
            Purpose::Block => self.block(parsed),
        }
    }

    pub(super) fn query(&mut self, parsed: &ParsedQuery) -> Option<Query> {
        self.query_wanting(parsed, &|_| None)
    }

    pub(super) fn query_wanting(&mut self, parsed: &ParsedQuery, wanted: Wanted<'_>) -> Option<Query> {
        let ParsedQuery {
            with,
            body,
            order_by,
            limit_clause,
            fetch: None,
            locks,
            for_clause: None,
            settings: None,
            format_clause: None,
            pipe_operators,
        } = parsed
        else {
            return self.refuse(parsed.span(), "what stands behind the query", "");
        };
        if !locks.is_empty() || !pipe_operators.is_empty() {
            return self.refuse(parsed.span(), "what stands behind the query", "");
        }
        let known = self.named.len();
        let read = self.read_query(parsed, (with.as_ref(), body), order_by.as_ref(), wanted);
        self.named.truncate(known);
        let mut query = read?;
        (query.limit, query.offset) = self.limit(limit_clause.as_ref())?;
        Some(query)
    }

    fn read_query(
        &mut self,
        parsed: &ParsedQuery,
        (with, body): (Option<&sqlparser::ast::With>, &SetExpr),
        order_by: Option<&OrderBy>,
        wanted: Wanted<'_>,
    ) -> Option<Query> {
        let range = self.range(parsed.body.span());
        let with = self.with(with)?;
        if let SetExpr::Select(select) = body {
            let (first, order_by) = self.select(select, order_by)?;
            let mut query = Query::of(with, first, Vec::new());
            self.settle(&mut query, wanted, &range)?;
            query.order_by = order_by;
            return Some(query);
        }
        let (first, rest) = self.set(body)?;
        let mut query = Query::of(with, first, rest);
        self.settle(&mut query, wanted, &range)?;
        query.order_by = self.order_of_returned(order_by, &query.columns)?;
        Some(query)
    }

    /// The selects of a query, in their order.
    fn set(&mut self, parsed: &SetExpr) -> Option<(Core, Vec<Union>)> {
        let mut operands = Vec::new();
        let mut current = parsed;
        while let SetExpr::SetOperation { left, op, set_quantifier, right } = current {
            let all = match (op, set_quantifier) {
                (SetOperator::Union, SetQuantifier::All) => true,
                (SetOperator::Union, SetQuantifier::None | SetQuantifier::Distinct) => false,
                _ => return self.refuse(right.span(), &format!("`{op}`"), "write `UNION`, `EXISTS` or `NOT EXISTS`"),
            };
            operands.push((all, &**right));
            current = left;
        }
        let first = self.operand(current);
        let mut rest = Some(Vec::new());
        for (all, operand) in operands.into_iter().rev() {
            match (self.operand(operand), &mut rest) {
                (Some(core), Some(rest)) => rest.push(Union { all, core }),
                _ => rest = None,
            }
        }
        Some((first?, rest?))
    }

    fn operand(&mut self, parsed: &SetExpr) -> Option<Core> {
        match parsed {
            SetExpr::Select(select) => Some(self.select(select, None)?.0),
            SetExpr::Query(query) => {
                let query = self.query(query)?;
                Some(self.wrapped(query))
            }
            SetExpr::SetOperation { .. } => {
                let (first, rest) = self.set(parsed)?;
                let mut query = Query::of(Vec::new(), first, rest);
                self.settle(&mut query, &|_| None, &self.range(parsed.span()))?;
                Some(self.wrapped(query))
            }
            SetExpr::Values(_)
            | SetExpr::Insert(_)
            | SetExpr::Update(_)
            | SetExpr::Delete(_)
            | SetExpr::Merge(_)
            | SetExpr::Table(_) => self.refuse(parsed.span(), "this", "a query is a SELECT"),
        }
    }

    /// A query as a select of its own, since SQLite knows no brackets between selects.
    fn wrapped(&self, query: Query) -> Core {
        const ALIAS: &str = "within";
        let level = self.frames.len();
        let item = |column: &Output| {
            let node = Node::Column { level, alias: ALIAS.to_owned(), name: column.name.clone() };
            Item { name: column.name.clone(), expr: Expr::new(node, column.sort) }
        };
        Core {
            distinct: false,
            items: query.columns.iter().map(item).collect(),
            from: vec![From {
                join: Join::First,
                alias: ALIAS.to_owned(),
                relation: Relation::Query(Box::new(query)),
                on: None,
            }],
            filter: None,
            group_by: Vec::new(),
            having: None,
            grouped: false,
        }
    }

    /// Makes the selects return the same sorts, and says what the query returns.
    fn settle(&mut self, query: &mut Query, wanted: Wanted<'_>, range: &Range<usize>) -> Option<()> {
        let width = query.first.items.len();
        if let Some(other) = query.rest.iter().map(|union| union.core.items.len()).find(|other| *other != width) {
            let headline = format!("one SELECT returns {width} columns, the one it is put under {other}");
            return self.fault(Fault::new(range.clone(), headline));
        }
        if width > COLUMNS_MAX {
            return self.fault(Fault::new(range.clone(), format!("more than {COLUMNS_MAX} columns are returned")));
        }
        let names: Vec<String> = query.first.items.iter().map(|item| item.name.clone()).collect();
        for (at, name) in names.into_iter().enumerate() {
            let items = query.cores().filter_map(|core| core.items.get(at));
            let kinds: Vec<Kind> = items.map(|item| item.expr.kind).collect();
            let sort = match self.in_common(&kinds, range)? {
                Kind::Of(sort) => sort,
                Kind::Null | Kind::Condition => wanted(&name).unwrap_or(Sort::Text),
            };
            for core in std::iter::once(&mut query.first).chain(query.rest.iter_mut().map(|union| &mut union.core)) {
                if let Some(item) = core.items.get_mut(at) {
                    item.expr.turn(sort);
                }
            }
            query.columns.push(Output { name, sort, words: &[] });
        }
        Some(())
    }

    /// The order of selects put under one another, which knows only what they return.
    fn order_of_returned(&mut self, order_by: Option<&OrderBy>, columns: &[Output]) -> Option<Vec<Order>> {
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        self.order(order_by, &names, &mut |reader, parsed, _| {
            let fault = Fault::new(reader.range(parsed.span()), "the order behind a UNION names returned columns only");
            reader.fault(fault)
        })
    }

    fn limit(&mut self, clause: Option<&LimitClause>) -> Option<(Option<i64>, Option<i64>)> {
        let Some(clause) = clause else {
            return Some((None, None));
        };
        if self.purpose == Purpose::Block {
            let help = "a block returns one row a subject, all of them";
            return self.refuse(clause.span(), "`LIMIT` of a block", help);
        }
        let LimitClause::LimitOffset { limit, offset, limit_by } = clause else {
            return self.refuse(clause.span(), "`LIMIT` with a comma", "write `LIMIT … OFFSET …`");
        };
        if !limit_by.is_empty() {
            return self.refuse(clause.span(), "`LIMIT … BY`", "");
        }
        let limit = self.literal(limit.as_ref())?;
        let offset = match offset {
            None => None,
            Some(Offset { value, rows: OffsetRows::None | OffsetRows::Row | OffsetRows::Rows }) => {
                self.literal(Some(value))?
            }
        };
        Some((limit, offset))
    }

    /// A whole number that is written as such.
    fn literal(&mut self, parsed: Option<&ParsedExpr>) -> Option<Option<i64>> {
        let Some(parsed) = parsed else {
            return Some(None);
        };
        match parsed {
            ParsedExpr::Value(ValueWithSpan { value: Value::Number(digits, false), .. })
                if digits.parse::<i64>().is_ok() =>
            {
                Some(digits.parse().ok())
            }
            _ => {
                let fault = Fault::new(self.range(parsed.span()), "a limit is a whole number");
                self.fault(fault)
            }
        }
    }
}

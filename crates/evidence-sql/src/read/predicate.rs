//! Conditions beyond comparisons: `IS NULL`, `BETWEEN`, `IN`, `LIKE`, `EXISTS`; and queries that are a value.

use sqlparser::ast::{Expr as ParsedExpr, InTarget, Query as ParsedQuery, Spanned as _, Value, ValueWithSpan};

use super::Reader;
use crate::fault::Fault;
use crate::tree::{Expr, Kind, Node, Query};

impl Reader<'_> {
    pub(super) fn predicate(&mut self, parsed: &ParsedExpr) -> Option<Expr> {
        match parsed {
            ParsedExpr::IsNull(expr) => self.is_null(expr, false),
            ParsedExpr::IsNotNull(expr) => self.is_null(expr, true),
            ParsedExpr::Between { expr, negated, low, high } => {
                let range = self.range(parsed.span());
                let (expr, low, high) = (self.value(expr), self.value(low), self.value(high));
                let (expr, low, high) = (expr?, low?, high?);
                self.in_common(&[expr.kind, low.kind, high.kind], &range)?;
                let (expr, low, high) = (Box::new(expr), Box::new(low), Box::new(high));
                Some(Expr::condition(Node::Between { expr, low, high, negated: *negated }))
            }
            ParsedExpr::In { expr, target, negated, global: false } => self.is_in(expr, target, *negated, parsed),
            ParsedExpr::Like { negated, any: false, expr, pattern, escape_char } => {
                let places = (self.range(expr.span()), self.range(pattern.span()));
                let escape = self.escape(escape_char.as_deref())?;
                let (expr, pattern) = (self.value(expr)?, self.value(pattern)?);
                self.must_be_text(&expr, &places.0)?;
                self.must_be_text(&pattern, &places.1)?;
                let (expr, pattern) = (Box::new(expr), Box::new(pattern));
                Some(Expr::condition(Node::Like { expr, pattern, escape, negated: *negated }))
            }
            ParsedExpr::Exists { subquery, negated } => {
                let query = Box::new(self.query(subquery)?);
                Some(Expr::condition(Node::Exists { query, negated: *negated }))
            }
            ParsedExpr::Subquery(query) => self.scalar(query),
            _ => self.refuse(parsed.span(), "this", ""),
        }
    }

    fn is_null(&mut self, expr: &ParsedExpr, negated: bool) -> Option<Expr> {
        let expr = Box::new(self.value(expr)?);
        Some(Expr::condition(Node::IsNull { expr, negated }))
    }

    fn is_in(&mut self, expr: &ParsedExpr, target: &InTarget, negated: bool, parsed: &ParsedExpr) -> Option<Expr> {
        let range = self.range(parsed.span());
        let expr = self.value(expr)?;
        match target {
            InTarget::List(list) => {
                let places: Vec<_> = list.iter().map(|item| self.range(item.span())).collect();
                let list: Vec<Option<Expr>> = list.iter().map(|item| self.value(item)).collect();
                let list: Vec<Expr> = list.into_iter().collect::<Option<_>>()?;
                let kinds: Vec<Kind> = std::iter::once(&expr).chain(&list).map(|expr| expr.kind).collect();
                self.in_common(&kinds, &range)?;
                for (item, place) in list.iter().zip(&places) {
                    self.is_word(&expr, item, place)?;
                }
                Some(Expr::condition(Node::InList { expr: Box::new(expr), list, negated }))
            }
            InTarget::Subquery(query) => {
                let query = self.query(query)?;
                let sort = self.one_column(&query, range.clone())?;
                self.in_common(&[expr.kind, sort], &range)?;
                Some(Expr::condition(Node::InQuery { expr: Box::new(expr), query: Box::new(query), negated }))
            }
            InTarget::Unnest(_) | InTarget::Table { .. } => {
                self.refuse(parsed.span(), "what `IN` looks into", "write `IN (SELECT …)` or `IN ('a', 'b')`")
            }
        }
    }

    fn escape(&mut self, written: Option<&ParsedExpr>) -> Option<Option<char>> {
        let Some(written) = written else {
            return Some(None);
        };
        if let ParsedExpr::Value(ValueWithSpan { value: Value::SingleQuotedString(text), .. }) = written {
            let mut letters = text.chars();
            if let (Some(letter), None) = (letters.next(), letters.next()) {
                return Some(Some(letter));
            }
        }
        let fault = Fault::new(self.range(written.span()), "what escapes is one letter in single quotes");
        self.fault(fault)
    }

    /// A query that is a value: one column, and one row whatever the tables hold.
    fn scalar(&mut self, parsed: &ParsedQuery) -> Option<Expr> {
        let range = self.range(parsed.span());
        let query = self.query(parsed)?;
        let kind = self.one_column(&query, range.clone())?;
        if !query.has_one_row() {
            let fault = Fault::new(range, "this query may have several rows, so it is no value");
            return self.fault(fault.help("take `max(…)` or `count(*)` without `GROUP BY`, or write `IN (SELECT …)`"));
        }
        Some(Expr { node: Node::Scalar(Box::new(query)), kind })
    }

    fn one_column(&mut self, query: &Query, range: std::ops::Range<usize>) -> Option<Kind> {
        match query.columns.as_slice() {
            [column] => Some(Kind::Of(column.sort)),
            columns => {
                let headline = format!("this query returns {} columns, where one is wanted", columns.len());
                self.fault(Fault::new(range, headline))
            }
        }
    }
}

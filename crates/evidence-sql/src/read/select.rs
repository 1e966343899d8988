//! One select: what it returns, of which rows, in which groups.

use sqlparser::ast::{
    Distinct, Expr as ParsedExpr, GroupByExpr, ObjectNamePart, OrderBy, OrderByExpr, OrderByKind, OrderByOptions,
    OrderBySort, Select as ParsedSelect, SelectFlavor, SelectItem, SelectItemQualifiedWildcardKind, Spanned as _,
    Value, ValueWithSpan, WildcardAdditionalOptions,
};
use sqlparser::tokenizer::Span;

use super::scope::{Clause, Frame, name_of};
use super::{Purpose, Reader};
use crate::fault::Fault;
use crate::tree::{By, Core, Expr, Item, Kind, Node, Order};

/// Reads an expression of an order that is none of what is returned.
pub(super) type OrderOf<'a, 'r> = &'a mut dyn FnMut(&mut Reader<'r>, &ParsedExpr, &[&str]) -> Option<By>;

impl<'r> Reader<'r> {
    /// Reads a select, with the order of the query that it is all of.
    pub(super) fn select(&mut self, parsed: &ParsedSelect, order_by: Option<&OrderBy>) -> Option<(Core, Vec<Order>)> {
        self.frames.push(Frame::default());
        let read = self.select_in_frame(parsed, order_by);
        self.frames.pop();
        read
    }

    fn select_in_frame(&mut self, parsed: &ParsedSelect, order_by: Option<&OrderBy>) -> Option<(Core, Vec<Order>)> {
        self.is_plain(parsed)?;
        let from = self.from(&parsed.from)?;
        self.clause(Clause::Items);
        let items = self.items(&parsed.projection);
        if let (Some(items), Some(frame)) = (&items, self.frames.last_mut()) {
            frame.items.clone_from(items);
        }
        self.clause(Clause::Rows("`WHERE`"));
        let filter = parsed.selection.as_ref().map(|filter| self.condition(filter));
        self.clause(Clause::Rows("`GROUP BY`"));
        let group_by = self.group_by(&parsed.group_by);
        self.clause(Clause::Groups);
        let having = parsed.having.as_ref().map(|having| self.condition(having));
        self.clause(Clause::Items);
        let distinct = self.distinct(parsed)?;
        let (items, filter, group_by) = (items?, optional(filter)?, group_by?);
        let having = optional(having)?;
        let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
        let order_by = self.order(order_by, &names, &mut |reader, parsed, _| {
            if distinct {
                let headline = "the order behind SELECT DISTINCT names returned columns only";
                let fault = Fault::new(reader.range(parsed.span()), headline);
                return reader.fault(fault);
            }
            let expr = reader.value(parsed)?;
            // A number by itself would be a place in what is returned.
            let constant = matches!(expr.node, Node::Whole(_) | Node::Real(_) | Node::Text(_) | Node::Null);
            (!constant).then_some(By::Expr(expr)).or_else(|| reader.refuse(parsed.span(), "a constant as an order", ""))
        })?;
        let grouped = !group_by.is_empty() || having.is_some() || self.frames.last().is_some_and(|it| it.aggregated);
        let core = Core { distinct, items, from, filter, group_by, having, grouped };
        self.groups(&core, &order_by, parsed)?;
        Some((core, order_by))
    }

    pub(super) fn clause(&mut self, clause: Clause) {
        if let Some(frame) = self.frames.last_mut() {
            frame.clause = clause;
        }
    }

    /// Sees that nothing is there that the subset does not have.
    fn is_plain(&mut self, parsed: &ParsedSelect) -> Option<()> {
        let ParsedSelect {
            select_token,
            optimizer_hints: _,
            distinct: _,
            select_modifiers: None,
            top: None,
            top_before_distinct: false,
            projection: _,
            exclude: None,
            into: None,
            from: _,
            lateral_views,
            prewhere: None,
            selection: _,
            connect_by,
            group_by: _,
            cluster_by,
            distribute_by,
            sort_by,
            having: _,
            named_window,
            qualify: None,
            window_before_qualify: _,
            value_table_mode: None,
            flavor: SelectFlavor::Standard,
        } = parsed
        else {
            return self.refuse(parsed.span(), "this form of SELECT", "");
        };
        let more = lateral_views.is_empty() && connect_by.is_empty() && cluster_by.is_empty();
        if !more || !distribute_by.is_empty() || !sort_by.is_empty() {
            return self.refuse(select_token.0.span, "this form of SELECT", "");
        }
        if !named_window.is_empty() {
            return self.refuse(select_token.0.span, "a window with a name", "write it behind each `OVER`");
        }
        Some(())
    }

    fn distinct(&mut self, parsed: &ParsedSelect) -> Option<bool> {
        match &parsed.distinct {
            None | Some(Distinct::All) => Some(false),
            Some(Distinct::Distinct) => Some(true),
            Some(Distinct::On(_)) => {
                self.refuse(parsed.select_token.0.span, "`DISTINCT ON`", "number the rows by `row_number() OVER (…)`")
            }
        }
    }

    fn items(&mut self, parsed: &[SelectItem]) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        let mut whole = true;
        for item in parsed {
            let read = match item {
                SelectItem::UnnamedExpr(expr) => self.item(expr, None, items.len()).map(|item| vec![item]),
                SelectItem::ExprWithAlias { expr, alias } => {
                    self.item(expr, Some(name_of(alias)), items.len()).map(|item| vec![item])
                }
                SelectItem::Wildcard(options) => self.all_columns(None, options, item.span()),
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), options) => match name
                    .0
                    .as_slice()
                {
                    [ObjectNamePart::Identifier(alias)] => self.all_columns(Some(name_of(alias)), options, item.span()),
                    _ => self.refuse(item.span(), "this", ""),
                },
                SelectItem::QualifiedWildcard(..) | SelectItem::ExprWithAliases { .. } => {
                    self.refuse(item.span(), "this", "")
                }
            };
            match read {
                Some(read) => items.extend(read),
                None => whole = false,
            }
        }
        whole.then_some(items)
    }

    fn item(&mut self, parsed: &ParsedExpr, alias: Option<String>, at: usize) -> Option<Item> {
        let expr = self.value(parsed)?;
        let name = alias.unwrap_or_else(|| match &expr.node {
            Node::Column { name, .. } => name.clone(),
            _ => format!("column_{}", at + 1),
        });
        Some(Item { name, expr })
    }

    fn all_columns(
        &mut self,
        alias: Option<String>,
        options: &WildcardAdditionalOptions,
        span: Span,
    ) -> Option<Vec<Item>> {
        let WildcardAdditionalOptions {
            wildcard_token: _,
            opt_ilike: None,
            opt_exclude: None,
            opt_except: None,
            opt_replace: None,
            opt_rename: None,
            opt_alias: None,
        } = options
        else {
            return self.refuse(span, "what stands behind `*`", "");
        };
        if self.purpose == Purpose::Block {
            return self.refuse(span, "`*` in a block", "name the columns; in `EXISTS` write `SELECT 1`");
        }
        let level = self.frames.len().checked_sub(1)?;
        let sources = self.frames.last().map(|frame| frame.sources.clone()).unwrap_or_default();
        let mut items = Vec::new();
        for seen in sources.iter().filter(|seen| alias.as_ref().is_none_or(|alias| *alias == seen.alias)) {
            items.extend(seen.columns.iter().map(|column| {
                let node = Node::Column { level, alias: seen.alias.clone(), name: column.name.clone() };
                Item { name: column.name.clone(), expr: Expr::new(node, column.sort) }
            }));
        }
        if items.is_empty() {
            let fault = Fault::new(self.range(span), "there is nothing that `*` could stand for");
            return self.fault(fault);
        }
        Some(items)
    }

    fn group_by(&mut self, parsed: &GroupByExpr) -> Option<Vec<Expr>> {
        let exprs = match parsed {
            GroupByExpr::Expressions(exprs, modifiers) if modifiers.is_empty() => exprs,
            GroupByExpr::Expressions(exprs, _) => {
                let span = exprs.first().map_or_else(Span::empty, |expr| expr.span());
                return self.refuse(span, "what stands behind `GROUP BY`", "");
            }
            GroupByExpr::All(_) => return self.refuse(Span::empty(), "`GROUP BY ALL`", "name what to group by"),
        };
        exprs.iter().map(|expr| self.group(expr)).collect()
    }

    fn group(&mut self, parsed: &ParsedExpr) -> Option<Expr> {
        let returned = match parsed {
            ParsedExpr::Identifier(ident) if !self.is_column(ident) => {
                self.returned(ident).map(|(_, item)| item.expr.clone())
            }
            ParsedExpr::Value(ValueWithSpan { value: Value::Number(digits, _), .. }) => {
                let at = digits.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
                let item = at.and_then(|at| self.frames.last()?.items.get(at));
                let Some(item) = item else {
                    let headline = format!("nothing returned is number {digits}");
                    let fault = Fault::new(self.range(parsed.span()), headline);
                    return self.fault(fault);
                };
                Some(item.expr.clone())
            }
            _ => None,
        };
        let Some(expr) = returned else {
            return self.value(parsed);
        };
        let mut groups = false;
        expr.walk(&mut |part| {
            groups |= matches!(part.node, Node::Aggregate { .. } | Node::Window { .. });
            true
        });
        if groups {
            let headline =
                format!("`{}` is made of groups, so it cannot make them", self.text(self.range(parsed.span())));
            let fault = Fault::new(self.range(parsed.span()), headline);
            return self.fault(fault);
        }
        Some(expr)
    }

    /// An order; `other` reads what is none of the returned columns.
    pub(super) fn order(
        &mut self,
        parsed: Option<&OrderBy>,
        names: &[&str],
        other: OrderOf<'_, 'r>,
    ) -> Option<Vec<Order>> {
        let Some(OrderBy { kind, interpolate }) = parsed else {
            return Some(Vec::new());
        };
        let (OrderByKind::Expressions(exprs), None) = (kind, interpolate) else {
            return self.refuse(parsed.map_or_else(Span::empty, |order| order.span()), "this order", "");
        };
        let mut orders = Vec::new();
        for expr in exprs {
            let OrderByExpr { expr, options, with_fill } = expr;
            if with_fill.is_some() {
                return self.refuse(expr.span(), "`WITH FILL`", "");
            }
            let place = |at: usize| By::Item(at + 1);
            let by = match expr {
                ParsedExpr::Identifier(ident) => names.iter().position(|name| *name == name_of(ident)).map(place),
                ParsedExpr::Value(ValueWithSpan { value: Value::Number(digits, _), .. }) => {
                    digits.parse().ok().filter(|at| (1..=names.len()).contains(at)).map(By::Item)
                }
                _ => None,
            };
            let by = match by {
                Some(by) => by,
                None => other(self, expr, names)?,
            };
            orders.push(self.directed(by, options, expr.span())?);
        }
        Some(orders)
    }

    pub(super) fn directed(&mut self, by: By, options: &OrderByOptions, span: Span) -> Option<Order> {
        let OrderByOptions { sort, nulls_first } = options;
        let descending = match sort {
            None | Some(OrderBySort::Asc) => false,
            Some(OrderBySort::Desc) => true,
            Some(OrderBySort::Using(_)) => return self.refuse(span, "`USING`", "write `ASC` or `DESC`"),
        };
        Some(Order { by, descending, nulls_first: nulls_first.unwrap_or(false) })
    }
}

/// `None` where something went wrong.
#[expect(clippy::option_option, reason = "the outer one says whether it went well")]
fn optional<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        Some(found) => Some(found),
    }
}

impl Expr {
    pub(super) fn turn(&mut self, to: crate::table::Sort) {
        let expr = std::mem::replace(self, Self { node: Node::Null, kind: Kind::Null });
        *self = expr.turned(to);
    }
}

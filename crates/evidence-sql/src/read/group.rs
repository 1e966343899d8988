//! Groups: what is returned of a group of rows has one value in it.
//!
//! SQLite would take any row's value; PostgreSQL refuses. So do we.

use sqlparser::ast::{Select as ParsedSelect, Spanned as _};

use super::Reader;
use crate::fault::Fault;
use crate::tree::{Core, Expr, Node, Order};

impl Reader<'_> {
    pub(super) fn groups(&mut self, core: &Core, order_by: &[Order], parsed: &ParsedSelect) -> Option<()> {
        if !core.grouped {
            return Some(());
        }
        let level = self.frames.len().checked_sub(1)?;
        let mut faults = Vec::new();
        let spans = parsed.projection.iter().map(|item| item.span());
        let wildcard = spans.len() != core.items.len();
        for (item, span) in core.items.iter().zip(spans) {
            let span = if wildcard { parsed.select_token.0.span } else { span };
            faults.extend(several(&item.expr, level, &core.group_by).map(|name| (span, name)));
        }
        let after = core.having.iter().chain(order_by.iter().filter_map(Order::expr));
        for expr in after {
            faults.extend(several(expr, level, &core.group_by).map(|name| (parsed.span(), name)));
        }
        let faults: Vec<_> = faults
            .into_iter()
            .map(|(span, name)| {
                let headline = format!("`{name}` has several values in a group");
                let help = format!("write it behind `GROUP BY`, or `max({name})`");
                Fault::new(self.range(span), headline).help(help)
            })
            .collect();
        let whole = faults.is_empty();
        self.faults.extend(faults);
        whole.then_some(())
    }
}

/// A column of this select that stands neither in an aggregate nor in what is grouped by.
fn several(expr: &Expr, level: usize, group_by: &[Expr]) -> Option<String> {
    let mut found = None;
    expr.walk(&mut |part| {
        if group_by.contains(part) || matches!(part.node, Node::Aggregate { .. }) {
            return false;
        }
        if let Node::Column { level: of, name, .. } = &part.node
            && *of == level
        {
            found.get_or_insert_with(|| name.clone());
        }
        true
    });
    found
}

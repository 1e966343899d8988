//! Every expression inside of an expression or a query.

use super::{By, Core, Expr, Node, Order, Query, Relation};

impl Expr {
    /// Shows this expression and all in it, those of queries in it too, from outside in. Where `visit` says `false`,
    /// what lies within is passed over.
    pub(crate) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self) -> bool) {
        if !visit(self) {
            return;
        }
        match &self.node {
            Node::Column { .. }
            | Node::Text(_)
            | Node::Whole(_)
            | Node::Real(_)
            | Node::Null
            | Node::Truth(_)
            | Node::Parameter(_) => {}
            Node::Minus(expr)
            | Node::Not(expr)
            | Node::Among(expr)
            | Node::Begin(expr)
            | Node::IsNull { expr, .. }
            | Node::Cast { expr, .. } => {
                expr.walk(visit);
            }
            Node::Binary { left, right, .. } => walk_all([&**left, &**right], visit),
            Node::Between { expr, low, high, .. } => walk_all([&**expr, &**low, &**high], visit),
            Node::InList { expr, list, .. } => walk_all(std::iter::once(&**expr).chain(list), visit),
            Node::InQuery { expr, query, .. } => {
                expr.walk(visit);
                query.walk(visit);
            }
            Node::Exists { query, .. } | Node::Scalar(query) => query.walk(visit),
            Node::Like { expr, pattern, .. } => walk_all([&**expr, &**pattern], visit),
            Node::Case { operand, branches, otherwise } => {
                walk_all(operand.as_deref(), visit);
                walk_all(branches.iter().flat_map(|(when, then)| [when, then]), visit);
                walk_all(otherwise.as_deref(), visit);
            }
            Node::Call { arguments, .. } => walk_all(arguments, visit),
            Node::Aggregate { argument, .. } => walk_all(argument.as_deref(), visit),
            Node::Window { arguments, partition_by, order_by, .. } => {
                walk_all(arguments.iter().chain(partition_by), visit);
                walk_all(order_by.iter().filter_map(Order::expr), visit);
            }
        }
    }
}

fn walk_all<'a>(all: impl IntoIterator<Item = &'a Expr>, visit: &mut impl FnMut(&'a Expr) -> bool) {
    for expr in all {
        expr.walk(visit);
    }
}

impl Order {
    pub(crate) fn expr(&self) -> Option<&Expr> {
        match &self.by {
            By::Item(_) => None,
            By::Expr(expr) => Some(expr),
        }
    }

    pub(crate) fn expr_mut(&mut self) -> Option<&mut Expr> {
        match &mut self.by {
            By::Item(_) => None,
            By::Expr(expr) => Some(expr),
        }
    }
}

impl Query {
    /// Shows every expression in it.
    pub(crate) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expr) -> bool) {
        for cte in &self.with {
            cte.query.walk(visit);
        }
        for core in self.cores() {
            core.walk(visit);
        }
        walk_all(self.order_by.iter().filter_map(Order::expr), visit);
    }

    /// How often a query with a name is a source in it, wherever that stands.
    pub(crate) fn mentions(&self, name: &str) -> usize {
        let own = self.with.iter().map(|cte| cte.query.mentions(name)).sum::<usize>();
        let within = self.cores().map(|core| {
            let sources = core.from.iter().map(|from| match &from.relation {
                Relation::Cte(other) => usize::from(other == name),
                Relation::Query(query) => query.mentions(name),
                Relation::Table(_) => 0,
            });
            let mut count: usize = sources.sum();
            core.expressions(&mut |expr| {
                if let Node::InQuery { query, .. } | Node::Exists { query, .. } | Node::Scalar(query) = &expr.node {
                    count += query.mentions(name);
                }
                // What a query in it holds is counted already.
                !matches!(expr.node, Node::InQuery { .. } | Node::Exists { .. } | Node::Scalar(_))
            });
            count
        });
        own + within.sum::<usize>()
    }

    pub(crate) fn cores(&self) -> impl Iterator<Item = &Core> {
        std::iter::once(&self.first).chain(self.rest.iter().map(|union| &union.core))
    }
}

impl Core {
    fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expr) -> bool) {
        for from in &self.from {
            if let Relation::Query(query) = &from.relation {
                query.walk(visit);
            }
        }
        self.expressions(visit);
    }

    /// Shows the expressions of the select itself, and those of queries in them.
    fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Expr) -> bool) {
        walk_all(self.from.iter().filter_map(|from| from.on.as_ref()), visit);
        walk_all(self.items.iter().map(|item| &item.expr), visit);
        walk_all(self.filter.iter().chain(&self.group_by).chain(&self.having), visit);
    }
}

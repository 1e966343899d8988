//! Each subject has a begin of its own: `$from` is said by whose row it is.
//!
//! Where a block is narrowed to its subjects, whose a row is stands in the select itself, so `$from` can be looked up by
//! that. Where it stands elsewhere, the block has to be asked once for each begin.

use crate::tree::{Core, Expr, Node, Order, Query};

/// The parameter.
const FROM: &str = "from";

/// Says `$from` in a select by whose row it is. What stands in queries within it stays.
pub(super) fn say_begin(core: &mut Core, whose: &Expr) {
    for at in 0..core.from.len() {
        let known: Vec<String> = core.from.iter().take(at + 1).map(|from| from.alias.clone()).collect();
        // A join does not see what stands behind it.
        let seen = is_of(whose, &known);
        if let Some(on) = core.from.get_mut(at).and_then(|from| from.on.as_mut()).filter(|_| seen) {
            put(on, whose);
        }
    }
    let items = core.items.iter_mut().map(|item| &mut item.expr);
    let all = items.chain(&mut core.filter).chain(&mut core.group_by).chain(&mut core.having);
    all.for_each(|expr| put(expr, whose));
}

/// Whether `$from` stands anywhere in a query.
pub(super) fn says_from(query: &Query) -> bool {
    let mut found = false;
    query.walk(&mut |expr| {
        found |= matches!(&expr.node, Node::Parameter(name) if name == FROM);
        true
    });
    found
}

fn is_of(expr: &Expr, aliases: &[String]) -> bool {
    let mut own = true;
    expr.walk(&mut |part| {
        if let Node::Column { alias, .. } = &part.node {
            own &= aliases.contains(alias);
        }
        true
    });
    own
}

fn put(expr: &mut Expr, whose: &Expr) {
    match &mut expr.node {
        Node::Parameter(name) if name == FROM => expr.node = Node::Begin(Box::new(whose.clone())),
        Node::Parameter(_)
        | Node::Column { .. }
        | Node::Text(_)
        | Node::Whole(_)
        | Node::Real(_)
        | Node::Null
        | Node::Truth(_)
        | Node::Exists { .. }
        | Node::Scalar(_) => {}
        Node::Minus(inner)
        | Node::Not(inner)
        | Node::Among(inner)
        | Node::Begin(inner)
        | Node::IsNull { expr: inner, .. }
        | Node::Cast { expr: inner, .. }
        | Node::InQuery { expr: inner, .. } => put(inner, whose),
        Node::Binary { left, right, .. } => put_all([&mut **left, &mut **right], whose),
        Node::Between { expr, low, high, .. } => put_all([&mut **expr, &mut **low, &mut **high], whose),
        Node::InList { expr, list, .. } => put_all(std::iter::once(&mut **expr).chain(list), whose),
        Node::Like { expr, pattern, .. } => put_all([&mut **expr, &mut **pattern], whose),
        Node::Case { operand, branches, otherwise } => {
            put_all(operand.as_deref_mut(), whose);
            put_all(branches.iter_mut().flat_map(|(when, then)| [when, then]), whose);
            put_all(otherwise.as_deref_mut(), whose);
        }
        Node::Call { arguments, .. } => put_all(arguments, whose),
        Node::Aggregate { argument, .. } => put_all(argument.as_deref_mut(), whose),
        Node::Window { arguments, partition_by, order_by, .. } => {
            put_all(arguments.iter_mut().chain(partition_by), whose);
            put_all(order_by.iter_mut().filter_map(Order::expr_mut), whose);
        }
    }
}

fn put_all<'a>(all: impl IntoIterator<Item = &'a mut Expr>, whose: &Expr) {
    all.into_iter().for_each(|expr| put(expr, whose));
}

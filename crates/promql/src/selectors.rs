//! What an expression reads.

use crate::{BinaryOp, Expr, ExprKind, Selector};

/// What follows when a selector selects nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The value is missing.
    None,
    /// `absent(…)` or `absent_over_time(…)` asks for just that.
    Absent,
    /// `or`: the other side counts.
    Or,
    /// `unless`: nothing is taken away.
    Unless,
}

/// A selector in an expression.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    /// What is selected.
    pub selector: &'a Selector,
    /// The innermost reason why nothing may be meant to be there.
    pub guard: Guard,
}

/// Every selector, in the order of the text.
#[must_use]
pub fn selectors(expr: &Expr) -> Vec<Use<'_>> {
    let mut uses = Vec::new();
    collect(expr, Guard::None, &mut uses);
    uses
}

fn collect<'a>(expr: &'a Expr, guard: Guard, uses: &mut Vec<Use<'a>>) {
    match &expr.kind {
        ExprKind::Selector(selector) | ExprKind::Range { selector, .. } => uses.push(Use { selector, guard }),
        ExprKind::Binary(binary) => {
            let (left, right) = match binary.op.value {
                BinaryOp::Or => (Guard::Or, Guard::Or),
                BinaryOp::Unless => (guard, Guard::Unless),
                BinaryOp::Add
                | BinaryOp::Sub
                | BinaryOp::Mul
                | BinaryOp::Div
                | BinaryOp::Mod
                | BinaryOp::Pow
                | BinaryOp::Atan2
                | BinaryOp::Equal
                | BinaryOp::NotEqual
                | BinaryOp::LessOrEqual
                | BinaryOp::Less
                | BinaryOp::GreaterOrEqual
                | BinaryOp::Greater
                | BinaryOp::TrimUpper
                | BinaryOp::TrimLower
                | BinaryOp::And => (guard, guard),
            };
            collect(&binary.left, left, uses);
            collect(&binary.right, right, uses);
        }
        ExprKind::Call(call) if matches!(&*call.name.value, "absent" | "absent_over_time") => {
            call.args.iter().for_each(|arg| collect(arg, Guard::Absent, uses));
        }
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Subquery { .. }
        | ExprKind::Paren(_)
        | ExprKind::Unary { .. }
        | ExprKind::Aggregate(_)
        | ExprKind::Call(_) => expr.children().into_iter().for_each(|child| collect(child, guard, uses)),
    }
}

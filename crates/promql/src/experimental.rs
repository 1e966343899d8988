//! Syntax that Prometheus takes only when it is told to.

use std::ops::Range;

use crate::{AggregateOp, Expr, ExprKind, Timing, Window, WindowKind};

/// A piece of experimental syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experimental {
    /// Where it is.
    pub range: Range<usize>,
    /// What it is, as a subject: "the function `info`".
    pub what: String,
    /// The value of Prometheus's `--enable-feature` that allows it.
    pub feature: &'static str,
}

/// All experimental syntax in an expression.
#[must_use]
pub fn experimental(expr: &Expr) -> Vec<Experimental> {
    let mut found = Vec::new();
    visit(expr, &mut found);
    found
}

fn visit(expr: &Expr, found: &mut Vec<Experimental>) {
    let mut push =
        |range: &Range<usize>, what: String, feature| found.push(Experimental { range: range.clone(), what, feature });
    match &expr.kind {
        ExprKind::Call(call) if call.function.is_some_and(|function| function.experimental) => {
            push(&call.name.range, format!("the function `{}`", call.name.value), "promql-experimental-functions");
        }
        ExprKind::Aggregate(aggregate) => {
            let op = aggregate.op.value;
            if matches!(op, AggregateOp::Limitk | AggregateOp::LimitRatio) {
                let what = format!("the aggregation `{}`", op.as_str());
                push(&aggregate.op.range, what, "promql-experimental-functions");
            }
        }
        ExprKind::Binary(binary) => {
            if let Some(fill) = binary.matching.fill_left.as_ref().or(binary.matching.fill_right.as_ref()) {
                push(&fill.range, "`fill` between two vectors".to_owned(), "promql-binop-fill-modifiers");
            }
        }
        ExprKind::Selector(selector) => timing(&selector.timing, &expr.range, &mut push),
        ExprKind::Range { selector, window } => {
            arithmetic(window, &mut push);
            timing(&selector.timing, &expr.range, &mut push);
        }
        ExprKind::Subquery { window, step, timing: when, .. } => {
            arithmetic(window, &mut push);
            step.iter().for_each(|step| arithmetic(step, &mut push));
            timing(when, &expr.range, &mut push);
        }
        ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Paren(_) | ExprKind::Unary { .. } | ExprKind::Call(_) => {}
    }
    expr.children().into_iter().for_each(|child| visit(child, found));
}

fn timing(timing: &Timing, range: &Range<usize>, push: &mut impl FnMut(&Range<usize>, String, &'static str)) {
    if timing.extension.is_some() {
        push(range, "a range that is `anchored` or `smoothed`".to_owned(), "promql-extended-range-selectors");
    }
    timing.offset.iter().for_each(|offset| arithmetic(offset, push));
}

fn arithmetic(window: &Window, push: &mut impl FnMut(&Range<usize>, String, &'static str)) {
    if !matches!(window.value, WindowKind::Literal(_)) {
        push(&window.range, "a duration that is computed".to_owned(), "promql-duration-expr");
    }
}

//! What can be said of an expression before it is evaluated.

use evenkeel_labels::METRIC_NAME;
use evenkeel_promql::{Aggregate, Call, Expr, ExprKind, Selector, ValueType, selectors};

/// Functions whose value follows from the instant, not from their arguments alone.
/// Source: Prometheus `AtModifierUnsafeFunctions`.
const OF_THE_INSTANT: [&str; 11] = [
    "days_in_month",
    "day_of_month",
    "day_of_week",
    "day_of_year",
    "hour",
    "minute",
    "month",
    "year",
    "predict_linear",
    "time",
    "timestamp",
];

/// Whether the value is the same at all instants of a question.
pub(crate) fn is_fixed(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Text(_) => true,
        ExprKind::Selector(selector) | ExprKind::Range { selector, .. } => selector.timing.at.is_some(),
        ExprKind::Subquery { timing, .. } => timing.at.is_some(),
        ExprKind::Paren(inner) | ExprKind::Unary { expr: inner, .. } => is_fixed(inner),
        ExprKind::Binary(binary) => is_fixed(&binary.left) && is_fixed(&binary.right),
        ExprKind::Aggregate(aggregate) => {
            is_fixed(&aggregate.expr) && aggregate.parameter.as_ref().is_none_or(is_fixed)
        }
        ExprKind::Call(call) => !OF_THE_INSTANT.contains(&&*call.name.value) && call.args.iter().all(is_fixed),
    }
}

/// What an expression gives. The types of its parts have been checked.
pub(crate) fn value_type(expr: &Expr) -> ValueType {
    match &expr.kind {
        ExprKind::Number(_) => ValueType::Scalar,
        ExprKind::Text(_) => ValueType::Text,
        ExprKind::Selector(_) | ExprKind::Aggregate(_) => ValueType::Vector,
        ExprKind::Range { .. } | ExprKind::Subquery { .. } => ValueType::Range,
        ExprKind::Paren(inner) | ExprKind::Unary { expr: inner, .. } => value_type(inner),
        ExprKind::Binary(binary) => match (value_type(&binary.left), value_type(&binary.right)) {
            (ValueType::Scalar, ValueType::Scalar) => ValueType::Scalar,
            _ => ValueType::Vector,
        },
        ExprKind::Call(call) => call.function.map_or(ValueType::Vector, |function| function.returns),
    }
}

/// Whether rows of the expression still differ in their labels when the metric's name is taken away.
pub(crate) fn differs_without_name(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Selector(selector) | ExprKind::Range { selector, .. } => has_one_name(selector),
        ExprKind::Subquery { expr: inner, .. }
        | ExprKind::Paren(inner)
        | ExprKind::Unary { negative: false, expr: inner } => differs_without_name(inner),
        ExprKind::Unary { .. } | ExprKind::Number(_) | ExprKind::Text(_) => true,
        ExprKind::Binary(binary) => {
            let op = binary.op.value;
            if op.is_set() {
                false
            } else if value_type(&binary.left) == ValueType::Scalar {
                binary.returns_bool || !op.is_comparison() || differs_without_name(&binary.right)
            } else if value_type(&binary.right) == ValueType::Scalar {
                binary.returns_bool || !op.is_comparison() || differs_without_name(&binary.left)
            } else {
                binary.returns_bool || !op.is_comparison()
            }
        }
        ExprKind::Aggregate(aggregate) => aggregate_differs(aggregate),
        ExprKind::Call(call) => call_differs(call),
    }
}

/// The only selector of an expression whose rows each come from one of its series alone, so that parts of the series can be
/// worked on apart from each other.
pub(crate) fn seriesable(expr: &Expr, delayed: bool) -> Option<&Expr> {
    if is_fixed(expr) || selectors(expr).len() != 1 {
        return None;
    }
    let leaf = leaf(expr)?;
    (delayed || differs_without_name(leaf)).then_some(leaf)
}

fn leaf(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Selector(_) | ExprKind::Range { .. } => Some(expr),
        ExprKind::Paren(inner) | ExprKind::Unary { expr: inner, .. } => leaf(inner),
        ExprKind::Binary(binary) => match (value_type(&binary.left), value_type(&binary.right)) {
            (ValueType::Scalar, ValueType::Vector) => leaf(&binary.right),
            (ValueType::Vector, ValueType::Scalar) => leaf(&binary.left),
            _ => None,
        },
        ExprKind::Call(call) if works_on_series(&call.name.value) => call.args.iter().find_map(leaf),
        ExprKind::Call(_)
        | ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Subquery { .. }
        | ExprKind::Aggregate(_) => None,
    }
}

/// Functions that look at one series at a time.
fn works_on_series(function: &str) -> bool {
    let others = ["absent", "absent_over_time", "scalar", "info", "histogram_quantile", "histogram_quantiles"];
    let more = ["histogram_fraction", "label_replace", "label_join", "vector", "timestamp"];
    !(others.contains(&function) || more.contains(&function) || function.starts_with("sort"))
}

fn has_one_name(selector: &Selector) -> bool {
    selector.metric().is_some()
}

fn aggregate_differs(aggregate: &Aggregate) -> bool {
    if aggregate.op.value.picks() {
        return differs_without_name(&aggregate.expr);
    }
    aggregate
        .grouping
        .as_ref()
        .is_none_or(|grouping| grouping.without || grouping.labels.iter().all(|label| label.value != METRIC_NAME))
}

fn call_differs(call: &Call) -> bool {
    match &*call.name.value {
        "label_replace" | "label_join" | "info" => false,
        "last_over_time" | "first_over_time" | "sort" | "sort_desc" | "sort_by_label" | "sort_by_label_desc" => {
            call.args.first().is_some_and(differs_without_name)
        }
        _ => true,
    }
}

/// Whether the rows of an instant query stay in the order in which they come.
pub(crate) fn is_ordered(expr: &Expr) -> bool {
    match &expr.bare().kind {
        ExprKind::Call(call) => call.name.value.starts_with("sort"),
        ExprKind::Aggregate(aggregate) => {
            matches!(aggregate.op.value, evenkeel_promql::AggregateOp::Topk | evenkeel_promql::AggregateOp::Bottomk)
        }
        _ => false,
    }
}

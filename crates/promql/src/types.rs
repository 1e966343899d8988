//! What Prometheus refuses although it can read it: values of a type that their place does not take.

mod binary;
mod call;

use evenkeel_labels::Matcher;

use crate::{Expr, ExprKind, Fault, METRIC_NAME, Selector};

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// A number.
    Scalar,
    /// A value for each of a set of series.
    Vector,
    /// Many values for each of a set of series.
    Range,
    /// A text.
    Text,
}

impl ValueType {
    /// As Prometheus's documentation calls it, with its article.
    #[must_use]
    pub const fn described(self) -> &'static str {
        match self {
            Self::Scalar => "a scalar",
            Self::Vector => "an instant vector",
            Self::Range => "a range vector",
            Self::Text => "a string",
        }
    }
}

/// All faults of type, and all functions that do not exist, in the order of the text as far as operators go.
#[must_use]
pub fn check_types(expr: &Expr) -> Vec<Fault> {
    let mut faults = Vec::new();
    visit(expr, &mut faults);
    faults
}

/// What the expression gives; `None`: nobody can say, since a function in it is unknown.
#[must_use]
pub fn value_type(expr: &Expr) -> Option<ValueType> {
    match &expr.kind {
        ExprKind::Number(_) => Some(ValueType::Scalar),
        ExprKind::Text(_) => Some(ValueType::Text),
        ExprKind::Selector(_) | ExprKind::Aggregate(_) => Some(ValueType::Vector),
        ExprKind::Range { .. } | ExprKind::Subquery { .. } => Some(ValueType::Range),
        ExprKind::Paren(inner) | ExprKind::Unary { expr: inner, .. } => value_type(inner),
        ExprKind::Binary(binary) => match (value_type(&binary.left), value_type(&binary.right)) {
            (Some(ValueType::Scalar), Some(ValueType::Scalar)) => Some(ValueType::Scalar),
            (None, None | Some(ValueType::Scalar)) | (Some(ValueType::Scalar), None) => None,
            _ => Some(ValueType::Vector),
        },
        ExprKind::Call(call) => call.function.map(|function| function.returns),
    }
}

/// Checks an expression and all in it, and says what it gives.
fn visit(expr: &Expr, faults: &mut Vec<Fault>) -> Option<ValueType> {
    match &expr.kind {
        ExprKind::Number(_) => Some(ValueType::Scalar),
        ExprKind::Text(_) => Some(ValueType::Text),
        ExprKind::Selector(selector) => {
            check_selector(selector, faults);
            Some(ValueType::Vector)
        }
        ExprKind::Range { selector, .. } => {
            check_selector(selector, faults);
            Some(ValueType::Range)
        }
        ExprKind::Paren(inner) => visit(inner, faults),
        ExprKind::Unary { expr: inner, .. } => {
            let given = visit(inner, faults);
            if let Some(given @ (ValueType::Range | ValueType::Text)) = given {
                let message = format!("a sign cannot stand before {}", given.described());
                faults.push(Fault::typed(expr.range.clone(), message));
            }
            given
        }
        ExprKind::Subquery { expr: inner, .. } => {
            let given = visit(inner, faults);
            if let Some(given @ (ValueType::Range | ValueType::Scalar | ValueType::Text)) = given {
                let message = format!("a subquery takes an instant vector, and this is {}", given.described());
                let fault = Fault::typed(inner.range.clone(), message);
                let scalar = given == ValueType::Scalar;
                faults.push(if scalar { fault.help("`vector(…)` makes one of a number") } else { fault });
            }
            Some(ValueType::Range)
        }
        ExprKind::Binary(binary) => binary::visit(binary, faults),
        ExprKind::Aggregate(aggregate) => {
            call::visit_aggregate(aggregate, faults);
            Some(ValueType::Vector)
        }
        ExprKind::Call(call) => call::visit(call, faults),
    }
}

fn check_selector(selector: &Selector, faults: &mut Vec<Fault>) {
    if let Some(name) = &selector.name {
        if let Some(again) = selector.matchers.iter().find(|matcher| matcher.name.value == METRIC_NAME) {
            let message = format!("the metric's name is given twice: `{}` and in the braces", name.value);
            faults.push(Fault::typed(again.range(), message));
        }
        return;
    }
    if selector.matchers.iter().all(|matcher| takes_empty(matcher.op, &matcher.value.value)) {
        let message = "the selector would select every series there is";
        faults.push(
            Fault::typed(selector.range.clone(), message)
                .help("one of its matchers has to exclude the empty value, such as `job=\"web\"` or `job=~\".+\"`"),
        );
    }
}

/// Whether a series without the label fits; what cannot be said here counts as no.
fn takes_empty(op: evenkeel_labels::MatchOp, value: &str) -> bool {
    Matcher::new("label", op, value).is_ok_and(|matcher| matcher.matches_value(""))
}

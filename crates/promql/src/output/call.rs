//! Labels of what functions give.

use std::collections::BTreeMap;

use evenkeel_labels::MatchOp;

use super::OutputLabels;
use crate::{Call, Expr, ExprKind, METRIC_NAME, Selector, ValueType};

pub(super) fn of(call: &Call) -> OutputLabels {
    let Some(function) = call.function else { return OutputLabels::any() };
    match function.name {
        "absent" | "absent_over_time" => absent(call),
        "info" => OutputLabels::any(),
        "vector" => OutputLabels::none(),
        "label_replace" | "label_join" => relabelled(call),
        "histogram_quantile" | "histogram_fraction" => {
            let mut labels = passed_through(call);
            labels.remove("le");
            labels
        }
        "histogram_quantiles" => {
            let mut labels = relabelled(call);
            labels.remove("le");
            labels
        }
        _ if function.returns == ValueType::Scalar => OutputLabels::none(),
        _ => passed_through(call),
    }
}

/// Those of the argument that has any; a function of time without one has none.
fn passed_through(call: &Call) -> OutputLabels {
    let types = call.function.map_or(&[][..], |function| function.args);
    let has_series = |wanted: &ValueType| matches!(wanted, ValueType::Vector | ValueType::Range);
    let place = types.iter().position(has_series);
    place.and_then(|place| call.args.get(place)).map_or_else(OutputLabels::none, OutputLabels::of)
}

/// Those of the first argument, and the one that the second names.
fn relabelled(call: &Call) -> OutputLabels {
    let [series, label, ..] = &*call.args else { return OutputLabels::any() };
    let ExprKind::Text(label) = &label.bare().kind else { return OutputLabels::any() };
    let mut labels = OutputLabels::of(series);
    labels.allow(label);
    labels
}

/// The labels that the selector demands, each once; of anything else than a selector, none.
fn absent(call: &Call) -> OutputLabels {
    match call.args.first().map(|arg| (&arg.kind, Expr::bare(arg))) {
        Some((ExprKind::Selector(selector) | ExprKind::Range { selector, .. }, _)) => demanded(selector),
        // Versions differ in whether they look through parentheses.
        Some((ExprKind::Paren(_), inner)) if matches!(inner.kind, ExprKind::Selector(_) | ExprKind::Range { .. }) => {
            OutputLabels::any()
        }
        _ => OutputLabels::none(),
    }
}

fn demanded(selector: &Selector) -> OutputLabels {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    selector.matchers.iter().for_each(|matcher| *times.entry(&matcher.name.value).or_default() += 1);
    let mut labels = OutputLabels::none();
    for matcher in selector.matchers.iter().filter(|matcher| matcher.name.value != METRIC_NAME) {
        let name = &*matcher.name.value;
        if times.get(name) != Some(&1) {
            labels.allow(name);
        } else if matcher.op == MatchOp::Equal {
            labels.set(name, &matcher.value.value);
        }
    }
    labels
}

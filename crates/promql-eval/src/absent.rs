//! `absent`: 1 at the instants at which nothing is there, with the labels that were asked for.

use evenkeel_labels::{LabelSet, METRIC_NAME, MatchOp};
use evenkeel_promql::{Call, Expr, ExprKind};

use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::{ABSENT, Row, is_absent};
use crate::sink::{Done, Sink};

/// Streams the one row that says so, if it says anything.
pub(crate) fn stream(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(arg) = call.args.first().map(Expr::bare) else { return Ok(()) };
    let mut absent = Row { values: vec![1.0; grid.count], histograms: Vec::new() };
    ev.stream(arg, grid, &mut |_: &Labels, row: &mut Row| {
        for index in 0..row.len() {
            if row.is_present(index) {
                absent.set(index, ABSENT);
            }
        }
        Ok(())
    })?;
    if absent.values.iter().all(|value| is_absent(*value)) {
        return Ok(());
    }
    sink.row(&Labels::new(labels_of(arg), ev.delayed()).without_name(), &mut absent)
}

/// The labels that a selector asks for by equality, each once; of any other expression none.
///
/// Source: Prometheus `createLabelsForAbsentFunction`.
pub(crate) fn labels_of(expr: &Expr) -> LabelSet {
    let (ExprKind::Selector(selector) | ExprKind::Range { selector, .. }) = &expr.bare().kind else {
        return LabelSet::default();
    };
    let (mut labels, mut seen): (Vec<(&str, &str)>, Vec<&str>) = (Vec::new(), Vec::new());
    for matcher in selector.matchers.iter().filter(|matcher| matcher.name.value != METRIC_NAME) {
        let name = &*matcher.name.value;
        if matcher.op == MatchOp::Equal && !seen.contains(&name) {
            labels.push((name, &matcher.value.value));
            seen.push(name);
        } else {
            labels.retain(|(label, _)| *label != name);
        }
    }
    LabelSet::new(labels)
}

//! Labels of aggregations.

use super::OutputLabels;
use crate::{Aggregate, AggregateOp, ExprKind, METRIC_NAME};

pub(super) fn of(aggregate: &Aggregate) -> OutputLabels {
    let input = OutputLabels::of(&aggregate.expr);
    if aggregate.op.value.picks() {
        return input;
    }
    let mut labels = match &aggregate.grouping {
        None => OutputLabels::none(),
        Some(grouping) if grouping.without => {
            let mut labels = input;
            grouping.labels.iter().for_each(|label| labels.remove(&label.value));
            labels
        }
        Some(grouping) => {
            let names = grouping.labels.iter().map(|label| &*label.value);
            input.keep(names.filter(|name| *name != METRIC_NAME))
        }
    };
    if aggregate.op.value == AggregateOp::CountValues {
        match aggregate.parameter.as_ref().map(|parameter| &parameter.bare().kind) {
            Some(ExprKind::Text(label)) => labels.allow(label),
            _ => return OutputLabels::any(),
        }
    }
    labels
}

//! `label_replace` and `label_join`: other labels, the same values.

use evenkeel_labels::{LabelSet, METRIC_NAME};
use evenkeel_promql::Call;

use crate::EvalFault;
use crate::collect::{Merged, Same};
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::Row;
use crate::scalar::text;
use crate::sink::{Done, Sink};

/// Streams rows with a label set by what another matches.
pub(super) fn replace(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let argument = |index: usize| text(call.args.get(index));
    let (target, replacement, source, pattern) = (argument(1), argument(2), argument(3), argument(4));
    // Alone first, or `a)|(b` would close the group round it.
    let compiled = regex::Regex::new(pattern).and_then(|_| regex::Regex::new(&format!("^(?s:{pattern})$")));
    let pattern = compiled
        .map_err(|_| EvalFault::Execution(format!("invalid regular expression in label_replace(): {pattern}")))?;
    check_name(target, "destination", "label_replace")?;
    relabel(ev, call, target, grid, sink, &mut |labels| {
        let captures = pattern.captures(labels.get(source))?;
        let mut value = String::new();
        captures.expand(replacement, &mut value);
        Some(value)
    })
}

/// Streams rows with a label that is others joined.
pub(super) fn join(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let (target, separator) = (text(call.args.get(1)), text(call.args.get(2)));
    let sources: Vec<&str> = call.args.iter().skip(3).map(|arg| text(Some(arg))).collect();
    sources.iter().try_for_each(|source| check_name(source, "source", "label_join"))?;
    check_name(target, "destination", "label_join")?;
    relabel(ev, call, target, grid, sink, &mut |labels| {
        let values: Vec<&str> = sources.iter().map(|source| labels.get(source)).collect();
        Some(values.join(separator))
    })
}

/// A name is not empty and is UTF-8: what is not (`"\xff"`) the lexer has replaced.
fn check_name(name: &str, which: &str, function: &str) -> Done {
    if name.is_empty() || name.contains(char::REPLACEMENT_CHARACTER) {
        return Err(EvalFault::Execution(format!("invalid {which} label name in {function}(): {name}")));
    }
    Ok(())
}

/// Sets a label of each row to what `value` gives, if it gives anything. Rows that have the same labels then become one.
fn relabel(
    ev: &Evaluator<'_>,
    call: &Call,
    target: &str,
    grid: Grid,
    sink: &mut dyn Sink,
    value: &mut dyn FnMut(&Labels) -> Option<String>,
) -> Done {
    let Some(arg) = call.args.first() else { return Ok(()) };
    let mut merged = Merged::new(ev, Same::Merge);
    ev.stream(arg, grid, &mut |labels: &Labels, row: &mut Row| {
        let Some(value) = value(labels) else { return merged.row(labels, row) };
        let others = labels.pairs().filter(|(name, _)| *name != target);
        let set = LabelSet::new(others.chain([(target, &*value)]));
        merged.row(&labels.with(set, labels.drop_name && target != METRIC_NAME), row)
    })?;
    merged.flush(sink)
}

//! `info`: labels of info metrics added to rows.

use evenkeel_promql::Call;

use crate::EvalFault;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::sink::{Done, Sink};

/// Streams rows with the labels of the info metrics that describe them.
pub(super) fn stream(_: &Evaluator<'_>, call: &Call, _: Grid, _: &mut dyn Sink) -> Done {
    Err(EvalFault::Invalid { message: "info is not there yet".to_owned(), range: call.name.range.clone() })
}

//! Functions of histograms, native and classic.

use evenkeel_promql::Call;

use super::each;
use crate::EvalFault;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::row::{ABSENT, Row};
use crate::sink::{Done, Sink};

/// Streams what a function gives for histograms.
pub(super) fn stream(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let Some(arg) = call.args.first() else { return Ok(()) };
    let part: fn(&evenkeel_metric::Histogram) -> f64 = match &*call.name.value {
        "histogram_count" => |histogram| histogram.count,
        "histogram_sum" => |histogram| histogram.sum,
        "histogram_avg" => |histogram| histogram.sum / histogram.count,
        _ => {
            let message = format!("{} is not there yet", call.name.value);
            return Err(EvalFault::Invalid { message, range: call.name.range.clone() });
        }
    };
    each(ev, arg, grid, sink, &mut |row: &mut Row| {
        let histograms = std::mem::take(&mut row.histograms);
        row.values.fill(ABSENT);
        for (slot, histogram) in row.values.iter_mut().zip(&histograms) {
            if let Some(histogram) = histogram {
                *slot = part(histogram);
            }
        }
    })
}

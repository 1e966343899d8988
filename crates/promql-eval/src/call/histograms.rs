//! Functions of histograms, native and classic.

mod buckets;

use evenkeel_labels::LabelSet;
use evenkeel_metric::Histogram;
use evenkeel_promql::{Call, Expr};

use super::each;
use crate::EvalFault;
use crate::collect::{Merged, Same, unique};
use crate::evaluator::{Evaluator, Hints};
use crate::grid::Grid;
use crate::labels::Labels;
use crate::notes::{Note, Notes};
use crate::quantile::{
    ClassicBucket, classic_fraction, classic_quantile, native_fraction, native_quantile, native_variance,
};
use crate::row::{ABSENT, Row};
use crate::scalar::{Scalar, text};
use crate::shape;
use crate::sink::{Done, Sink};
use buckets::{Ask, Histograms};

/// Streams what a function gives for histograms.
pub(super) fn stream(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let part: fn(&Histogram) -> f64 = match &*call.name.value {
        "histogram_count" => |histogram| histogram.count,
        "histogram_sum" => |histogram| histogram.sum,
        "histogram_avg" => |histogram| histogram.sum / histogram.count,
        "histogram_stddev" => |histogram| native_variance(histogram).sqrt(),
        "histogram_stdvar" => native_variance,
        "histogram_quantile" => return quantile(ev, call, grid, sink),
        "histogram_quantiles" => return quantiles(ev, call, grid, sink),
        "histogram_fraction" => return fraction(ev, call, grid, sink),
        name => {
            let message = format!("unknown function with name \"{name}\"");
            return Err(EvalFault::Invalid { message, range: call.name.range.clone() });
        }
    };
    let Some(arg) = call.args.first() else { return Ok(()) };
    let mut change = |row: &mut Row| {
        let histograms = std::mem::take(&mut row.histograms);
        row.values.fill(ABSENT);
        for (slot, histogram) in row.values.iter_mut().zip(&histograms) {
            if let Some(histogram) = histogram {
                *slot = part(histogram);
            }
        }
    };
    let without_buckets = matches!(&*call.name.value, "histogram_count" | "histogram_sum" | "histogram_avg");
    if without_buckets {
        ev.with_hints(Hints::Resolved, || each(ev, arg, grid, sink, &mut change))
    } else {
        each(ev, arg, grid, sink, &mut change)
    }
}

/// `histogram_quantile`, of which one is asked for.
struct Quantile<'q> {
    share: &'q Scalar,
    /// What remarks on native histograms are about.
    native_place: &'q Expr,
    /// What remarks on classic histograms are about.
    classic_place: &'q Expr,
    delayed: bool,
}

impl Ask for Quantile<'_> {
    fn native(&self, ev: &Evaluator<'_>, labels: &Labels, histogram: &Histogram, index: usize) -> f64 {
        let named = self.delayed.then_some(labels);
        ev.with_notes(self.native_place, named, |notes: &mut Notes| {
            native_quantile(self.share.at(index), histogram, notes)
        })
    }

    fn classic(&self, ev: &Evaluator<'_>, labels: &Labels, buckets: &mut Vec<ClassicBucket>, index: usize) -> f64 {
        let (value, repaired) = classic_quantile(self.share.at(index), buckets);
        if repaired {
            ev.remark(self.classic_place, self.delayed.then_some(labels), Note::ForcedMonotonicity);
        }
        value
    }
}

fn quantile(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let [share_arg, vector] = &*call.args else { return Ok(()) };
    let share = share(ev, share_arg, grid)?;
    let mut histograms = Histograms::gather(ev, vector, grid)?;
    let ask = Quantile { share: &share, native_place: share_arg, classic_place: vector, delayed: ev.delayed() };
    unique(ev, shape::differs_without_name(vector), false, sink, &mut |sink| {
        histograms.ask(ev, vector, &ask, &mut |labels, row| sink.row(&labels.without_name(), row))
    })
}

/// Which quantile is asked for at each instant; one that is none is remarked on.
fn share(ev: &Evaluator<'_>, arg: &Expr, grid: Grid) -> Result<Scalar, EvalFault> {
    let share = ev.scalar(arg.bare(), grid)?;
    for value in share.values(if matches!(share, Scalar::Constant(_)) { 1 } else { grid.count }) {
        if !(0.0..=1.0).contains(&value) {
            ev.remark(arg, None, Note::InvalidQuantile(value));
        }
    }
    Ok(share)
}

/// Several quantiles, told apart by a label.
fn quantiles(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let (Some(vector), label) = (call.args.first(), text(call.args.get(1))) else { return Ok(()) };
    let shares = call.args.iter().skip(2).map(|arg| share(ev, arg, grid)).collect::<Result<Vec<_>, _>>()?;
    let mut histograms = Histograms::gather(ev, vector, grid)?;
    let mut merged = Merged::new(ev, Same::Merge);
    for share in &shares {
        let ask = Quantile { share, native_place: vector, classic_place: vector, delayed: ev.delayed() };
        histograms.ask(ev, vector, &ask, &mut |labels, row| {
            // The quantile may be another one at each instant.
            let mut index = 0;
            while index < row.len() {
                let value = share.at(index);
                let same = |at: &usize| share.at(*at).to_bits() == value.to_bits();
                let end = (index..row.len()).find(|at| !same(at)).unwrap_or(row.len());
                let mut part = Row::absent(row.len());
                for at in index..end {
                    if let Some(number) = row.values.get(at) {
                        part.set(at, *number);
                    }
                }
                let shown = open_metrics(value);
                let others = labels.without_name();
                let pairs = others.pairs().filter(|(name, _)| *name != label);
                let set = LabelSet::new(pairs.chain([(label, &*shown)]));
                if !part.is_empty() {
                    merged.row(&others.with(set, true), &mut part)?;
                }
                index = end;
            }
            Ok(())
        })?;
    }
    merged.flush(sink)
}

/// A number as OpenMetrics has it: always with a point or an exponent.
fn open_metrics(value: f64) -> String {
    let text = crate::go_text::float_g(value);
    if value.is_finite() && !text.contains(['.', 'e']) { format!("{text}.0") } else { text }
}

struct Fraction<'f> {
    lower: Scalar,
    upper: Scalar,
    place: &'f Expr,
    delayed: bool,
}

impl Ask for Fraction<'_> {
    fn native(&self, ev: &Evaluator<'_>, labels: &Labels, histogram: &Histogram, index: usize) -> f64 {
        ev.with_notes(self.place, self.delayed.then_some(labels), |notes: &mut Notes| {
            native_fraction(self.lower.at(index), self.upper.at(index), histogram, notes)
        })
    }

    fn classic(&self, _: &Evaluator<'_>, _: &Labels, buckets: &mut Vec<ClassicBucket>, index: usize) -> f64 {
        classic_fraction(self.lower.at(index), self.upper.at(index), buckets)
    }
}

fn fraction(ev: &Evaluator<'_>, call: &Call, grid: Grid, sink: &mut dyn Sink) -> Done {
    let [lower, upper, vector] = &*call.args else { return Ok(()) };
    let ask = Fraction {
        lower: ev.scalar(lower.bare(), grid)?,
        upper: ev.scalar(upper.bare(), grid)?,
        place: lower,
        delayed: ev.delayed(),
    };
    let mut histograms = Histograms::gather(ev, vector, grid)?;
    unique(ev, shape::differs_without_name(vector), false, sink, &mut |sink| {
        histograms.ask(ev, vector, &ask, &mut |labels, row| sink.row(&labels.without_name(), row))
    })
}

//! Functions of range vectors: each series' samples are read once, and windows move over them.

mod absent;
mod counters;
mod cut;
mod subquery;
mod sums;

use std::ops::Range;

use evenkeel_metric::{Column, Selected, is_stale};
use evenkeel_promql::{Call, Expr, ExprKind, Extension};

use crate::collect::unique;
use crate::cursor::Cursor;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::notes::{Note, Notes};
use crate::row::Row;
use crate::scalar::Scalar;
use crate::sink::{Done, Sink};
use crate::timing::in_seconds;
use crate::window::{self, Outcome, RangeFunction, Window};
use crate::{EvalFault, shape};

pub(crate) use absent::stream as stream_absent;
pub(crate) use cut::Cut;

/// Streams a function of a range vector.
pub(crate) fn stream(
    ev: &Evaluator<'_>,
    call: &Call,
    function: RangeFunction,
    grid: Grid,
    sink: &mut dyn Sink,
) -> Done {
    let (range, params) = arguments(ev, call, grid)?;
    check_extension(range, &call.name.value)?;
    let keeps_name = matches!(&*call.name.value, "last_over_time" | "first_over_time");
    let place = call.args.first().unwrap_or(range);
    for index in 0..grid.count {
        let given: Vec<f64> = params.iter().map(|param| param.at(index)).collect();
        window::check_params(function, &given).map_err(EvalFault::Execution)?;
        if params.iter().all(|param| matches!(param, Scalar::Constant(_))) {
            break;
        }
    }
    let mut job = Job { ev, place, range, function, params, counts: Counts::of(&call.name.value), keeps_name };
    if keeps_name {
        return job.run(grid, sink);
    }
    unique(ev, shape::differs_without_name(range), true, sink, &mut |sink| job.run(grid, sink))
}

/// Which functions a range may be given to whose ends count differently. Source: Prometheus.
fn check_extension(range: &Expr, function: &str) -> Done {
    let ExprKind::Range { selector, .. } = &range.kind else { return Ok(()) };
    let (word, allowed) = match selector.timing.extension {
        None => return Ok(()),
        Some(Extension::Anchored) => ("anchored", &["changes", "delta", "increase", "rate", "resets"][..]),
        Some(Extension::Smoothed) => ("smoothed", &["delta", "increase", "rate"][..]),
    };
    if allowed.contains(&function) {
        return Ok(());
    }
    let allowed = allowed.join(", ");
    Err(EvalFault::Execution(format!("{word} modifier can only be used with: {allowed} - not with {function}")))
}

/// The range vector among the arguments, and the numbers.
fn arguments<'c>(ev: &Evaluator<'_>, call: &'c Call, grid: Grid) -> Result<(&'c Expr, Vec<Scalar>), EvalFault> {
    let (mut range, mut params) = (None, Vec::new());
    for arg in &call.args {
        let bare = arg.bare();
        if matches!(bare.kind, ExprKind::Range { .. } | ExprKind::Subquery { .. }) {
            range = Some(bare);
        } else {
            params.push(ev.scalar(bare, grid)?);
        }
    }
    let missing =
        || EvalFault::Invalid { message: "a range vector is expected here".to_owned(), range: call.name.range.clone() };
    Ok((range.ok_or_else(missing)?, params))
}

/// Whether the function is of counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// `rate` and `increase`: the metric's name is looked at.
    Counter,
    /// Any other.
    Anything,
}

impl Counts {
    fn of(function: &str) -> Self {
        if matches!(function, "rate" | "increase") { Self::Counter } else { Self::Anything }
    }
}

struct Job<'j> {
    ev: &'j Evaluator<'j>,
    /// The first argument: remarks are about it.
    place: &'j Expr,
    range: &'j Expr,
    function: RangeFunction,
    params: Vec<Scalar>,
    counts: Counts,
    keeps_name: bool,
}

impl Job<'_> {
    fn run(&mut self, grid: Grid, sink: &mut dyn Sink) -> Done {
        let mut row = Row::default();
        let mut scratch = Scratch::default();
        let mut visit = |labels: &Labels, column: &mut Column, cut: &Cut| {
            row.reset(grid.count);
            self.fill(labels, column, cut, &mut row, &mut scratch)?;
            if row.is_empty() {
                return Ok(());
            }
            if self.counts == Counts::Counter {
                self.check_counter(labels, &row);
            }
            let labels = if self.keeps_name { labels.clone() } else { labels.without_name() };
            sink.row(&labels, &mut row)
        };
        for_each_column(self.ev, self.range, grid, &mut visit)
    }

    fn fill(&self, labels: &Labels, column: &Column, cut: &Cut, row: &mut Row, scratch: &mut Scratch) -> Done {
        if cut.extension.is_none()
            && column.histograms.is_empty()
            && counters::fill(self.function, column, cut, row, scratch)
        {
            return Ok(());
        }
        if cut.extension.is_some() && !column.histograms.is_empty() {
            let message = "smoothed and anchored modifiers do not work with native histograms";
            return Err(EvalFault::Execution(message.to_owned()));
        }
        self.ev.with_notes(self.place, Some(labels), |notes| self.apply(column, cut, row, &mut scratch.params, notes));
        Ok(())
    }

    /// Asks the function about each window.
    fn apply(&self, column: &Column, cut: &Cut, row: &mut Row, params: &mut Vec<f64>, notes: &mut Notes) {
        let mut ends = Ends::default();
        let (before, behind) = cut.margins();
        for index in 0..cut.grid.count {
            let at = cut.grid.at(index);
            let until = cut.moment.seen_from(at);
            let after = until.saturating_sub(cut.length);
            let (numbers, histograms) =
                ends.between(column, after.saturating_sub(before), until.saturating_add(behind));
            if numbers.is_empty() && histograms.is_empty() {
                continue;
            }
            let window = Window {
                times: column.times.get(numbers.clone()).unwrap_or_default(),
                values: column.values.get(numbers).unwrap_or_default(),
                histograms: column.histograms.get(histograms).unwrap_or_default(),
                after,
                until,
                extension: cut.extension,
            };
            params.clear();
            params.extend(self.params.iter().map(|param| param.at(index)));
            if self.function == RangeFunction::PredictLinear {
                // The window knows only its end, and the forecast is from the instant of the evaluation.
                params.iter_mut().take(1).for_each(|ahead| *ahead += in_seconds(at - until));
            }
            match window::apply(self.function, &window, params, notes) {
                Outcome::None => {}
                Outcome::Number(value) => row.set(index, value),
                Outcome::Histogram(histogram) => row.set_histogram(index, (*histogram).into()),
            }
        }
    }

    fn check_counter(&self, labels: &Labels, row: &Row) {
        let name = labels.set.get(evenkeel_labels::METRIC_NAME);
        let says_so = ["_total", "_sum", "_count", "_bucket"].iter().any(|end| name.ends_with(end));
        if !name.is_empty() && !says_so && row.values.iter().any(|value| !crate::row::is_absent(*value)) {
            self.ev.remark(self.place, Some(labels), Note::PossibleNonCounter);
        }
    }
}

/// Memory that is used again for each series.
#[derive(Debug, Default)]
struct Scratch {
    resets: Vec<usize>,
    params: Vec<f64>,
    /// Sums of the samples before each, in two parts.
    prefix: Vec<[f64; 2]>,
}

/// Where a window begins and ends among samples.
#[derive(Debug, Default)]
struct Ends {
    numbers: [Cursor; 2],
    histograms: [Cursor; 2],
}

impl Ends {
    /// The places of the numbers and of the histograms that are later than `after` and not later than `until`.
    fn between(&mut self, column: &Column, after: i64, until: i64) -> (Range<usize>, Range<usize>) {
        let [low, high] = &mut self.numbers;
        let numbers = low.advance_in(&column.times, after)..high.advance_in(&column.times, until);
        if column.histograms.is_empty() {
            return (numbers, 0..0);
        }
        let time_of = |index: usize| column.histograms.get(index).map_or(i64::MAX, |(time, _)| *time);
        let [low, high] = &mut self.histograms;
        let count = column.histograms.len();
        (numbers, low.advance(count, time_of, after)..high.advance(count, time_of, until))
    }
}

/// What is done with each series of a range vector: its labels, its samples without stale ones, and how they are cut.
pub(crate) type Visit<'v> = dyn FnMut(&Labels, &mut Column, &Cut) -> Done + 'v;

/// Visits each series of a range vector.
pub(crate) fn for_each_column(ev: &Evaluator<'_>, range: &Expr, grid: Grid, visit: &mut Visit<'_>) -> Done {
    match &range.kind {
        ExprKind::Range { selector, window } => {
            let cut = Cut::of(ev, selector, window, grid)?;
            match ev.given() {
                Some((selected, places)) => selected_columns(ev, selected, places, cut, visit),
                None => {
                    let (after, until) = cut.span();
                    let selected = ev.select(selector, after, until)?;
                    let places = 0..selected.labels().len();
                    selected_columns(ev, &*selected, places, cut, visit)
                }
            }
        }
        ExprKind::Subquery { .. } => subquery::columns(ev, range, grid, visit),
        _ => Err(EvalFault::Invalid {
            message: "a range vector is expected here".to_owned(),
            range: range.range.clone(),
        }),
    }
}

fn selected_columns(
    ev: &Evaluator<'_>,
    selected: &dyn Selected,
    places: Range<usize>,
    cut: Cut,
    visit: &mut Visit<'_>,
) -> Done {
    let mut column = Column::default();
    let labels = selected.labels().iter().enumerate();
    for (place, set) in labels.skip(places.start).take(places.len()) {
        ev.ask()?;
        column.clear();
        selected.read(place, &mut column)?;
        ev.count_read(column.len())?;
        drop_stale(&mut column);
        ev.resolve_hints(&mut column);
        if !column.is_empty() {
            visit(&Labels::new(set.clone(), ev.delayed()), &mut column, &cut)?;
        }
    }
    Ok(())
}

/// Takes out what says that the series ended.
pub(crate) fn drop_stale(column: &mut Column) {
    // Looked for without branches first: mostly there is no NaN of any kind.
    let has_nan = column.values.iter().fold(false, |has_nan, value| has_nan | value.is_nan());
    if has_nan && column.values.iter().any(|value| is_stale(*value)) {
        let keep: Vec<bool> = column.values.iter().map(|value| !is_stale(*value)).collect();
        let mut kept = keep.iter().copied();
        column.times.retain(|_| kept.next().unwrap_or(true));
        column.values.retain(|value| !is_stale(*value));
    }
    column.histograms.retain(|(_, histogram)| !is_stale(histogram.sum));
}

//! Evaluates expressions: which part does what, and what it costs.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use evenkeel_labels::{METRIC_NAME, MatchOp, Matcher};
use evenkeel_metric::{Column, Querier, ResetHint, Selected, Selection};
use evenkeel_promql::{Expr, ExprKind, Selector};
use evenkeel_time::Timestamp;

use crate::grid::Grid;
use crate::labels::Labels;
use crate::notes::{Note, Notes};
use crate::row::Row;
use crate::shape;
use crate::sink::{Done, Sink};
use crate::{EvalFault, Query, Workers, aggregate, binary, call, selector};

/// How often the caller is asked whether to go on: once in so many series.
const SERIES_BETWEEN_STOPS: u32 = 32;

/// One evaluation. It sees the store and the limits, and gathers remarks and costs.
pub(crate) struct Evaluator<'a> {
    /// What is asked.
    pub(crate) query: Query<'a>,
    pub(crate) source: &'a dyn Querier,
    /// Who else can work on it.
    pub(crate) workers: &'a dyn Workers,
    /// The series of the only selector, when they were selected before, and which of them are worked on here.
    given: Option<(&'a dyn Selected, Range<usize>)>,
    notes: RefCell<Notes>,
    samples_read: Cell<u64>,
    samples_held: Cell<usize>,
    samples_peak: Cell<usize>,
    asked: Cell<u32>,
    hints: Cell<Hints>,
}

/// What becomes of histograms that do not say whether they began anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Hints {
    /// They stay as they are.
    #[default]
    Kept,
    /// They say what follows from the one before: below functions that look at counts and sums alone, Prometheus reads no
    /// buckets, and has to find resets when it reads.
    Resolved,
    /// They stay as they are, whatever is below.
    KeptBelow,
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(query: Query<'a>, source: &'a dyn Querier, workers: &'a dyn Workers) -> Self {
        Self {
            query,
            source,
            workers,
            given: None,
            notes: RefCell::new(Notes::new(query.text)),
            samples_read: Cell::new(0),
            samples_held: Cell::new(0),
            samples_peak: Cell::new(0),
            asked: Cell::new(0),
            hints: Cell::default(),
        }
    }

    /// Works with histograms read otherwise.
    pub(crate) fn with_hints<T>(&self, hints: Hints, work: impl FnOnce() -> T) -> T {
        let before = self.hints.get();
        if before != Hints::KeptBelow {
            self.hints.set(hints);
        }
        let result = work();
        self.hints.set(before);
        result
    }

    /// What becomes of hints of histograms.
    pub(crate) fn hints(&self) -> Hints {
        self.hints.get()
    }

    /// What a series' histograms say of those before them.
    pub(crate) fn resolve_hints(&self, column: &mut Column) {
        if self.hints.get() != Hints::Resolved {
            return;
        }
        for place in (1..column.histograms.len()).rev() {
            let (before, here) = column.histograms.split_at_mut(place);
            if let (Some((_, before)), Some((_, here))) = (before.last(), here.first_mut())
                && here.reset_hint == ResetHint::Unknown
            {
                let anew = here.began_anew(before);
                Arc::make_mut(here).reset_hint = if anew { ResetHint::Reset } else { ResetHint::NotReset };
            }
        }
    }

    /// Works on a part of the series of the only selector. So many samples are held elsewhere.
    pub(crate) fn of_part(
        mut self,
        selected: &'a dyn Selected,
        places: Range<usize>,
        held: usize,
        hints: Hints,
    ) -> Self {
        self.given = Some((selected, places));
        self.hints.set(hints);
        self.samples_held.set(held);
        self
    }

    /// The series of the only selector, when they were selected before.
    pub(crate) fn given(&self) -> Option<(&'a dyn Selected, Range<usize>)> {
        self.given.clone()
    }

    /// How many samples are held.
    pub(crate) fn held(&self) -> usize {
        self.samples_held.get()
    }

    /// Takes over what a part of the evaluation remarked and cost.
    pub(crate) fn absorb(&self, notes: Notes, (read, peak): (u64, u64)) {
        self.notes.borrow_mut().absorb(notes);
        self.samples_read.set(self.samples_read.get() + read);
        let peak = usize::try_from(peak).unwrap_or(usize::MAX);
        self.samples_peak.set(self.samples_peak.get().max(peak));
    }

    /// Samples that the store gave, and those held at once, at most.
    pub(crate) fn costs(&self) -> (u64, u64) {
        (self.samples_read.get(), u64::try_from(self.samples_peak.get()).unwrap_or(u64::MAX))
    }

    pub(crate) fn into_notes(self) -> Notes {
        self.notes.into_inner()
    }

    /// Streams the rows of an expression that gives an instant vector.
    pub(crate) fn stream(&self, expr: &Expr, grid: Grid, sink: &mut dyn Sink) -> Done {
        let expr = expr.bare();
        if grid.count > 1 && shape::is_fixed(expr) {
            let mut broadcast = |labels: &Labels, row: &mut Row| {
                let mut wide = widened(row, grid.count);
                sink.row(labels, &mut wide)
            };
            return self.stream_moving(expr, grid.first(), &mut broadcast);
        }
        self.stream_moving(expr, grid, sink)
    }

    fn stream_moving(&self, expr: &Expr, grid: Grid, sink: &mut dyn Sink) -> Done {
        self.ask()?;
        match &expr.kind {
            ExprKind::Selector(selector) => selector::stream(self, selector, grid, selector::Give::Values, sink),
            ExprKind::Unary { negative: false, expr } | ExprKind::Paren(expr) => self.stream(expr, grid, sink),
            ExprKind::Unary { negative: true, expr } => binary::negate(self, expr, grid, sink),
            ExprKind::Binary(binary) => binary::stream(self, binary, expr, grid, sink),
            ExprKind::Aggregate(aggregate) => aggregate::stream(self, aggregate, expr, grid, sink),
            ExprKind::Call(call) => call::stream(self, call, expr, grid, sink),
            ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Range { .. } | ExprKind::Subquery { .. } => {
                Err(EvalFault::Invalid {
                    message: "an instant vector is expected here".to_owned(),
                    range: expr.range.clone(),
                })
            }
        }
    }

    /// The series that a selector finds in a time: later than `after`, not later than `until`.
    pub(crate) fn select(
        &self,
        selector: &Selector,
        after: i64,
        until: i64,
    ) -> Result<Box<dyn Selected + '_>, EvalFault> {
        let named = selector.name.iter().map(|name| (METRIC_NAME, MatchOp::Equal, &*name.value));
        let others = selector.matchers.iter().map(|matcher| (&*matcher.name.value, matcher.op, &*matcher.value.value));
        let matchers = named
            .chain(others)
            .map(|(name, op, value)| Matcher::new(name, op, value))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| EvalFault::Invalid { message: error.to_string(), range: selector.range.clone() })?;
        self.select_by(matchers, after, until)
    }

    /// The same by its conditions.
    pub(crate) fn select_by(
        &self,
        matchers: Vec<Matcher>,
        after: i64,
        until: i64,
    ) -> Result<Box<dyn Selected + '_>, EvalFault> {
        let selection = Selection { matchers, after: Timestamp(after), until: Timestamp(until) };
        let selected = self.source.select(&selection)?;
        let (found, most) = (selected.labels().len(), self.query.limits.series_max);
        if found > most {
            return Err(EvalFault::Read(evenkeel_metric::ReadFault::TooManySeries { found, most }));
        }
        Ok(selected)
    }

    /// Asks the caller now and then whether to go on.
    pub(crate) fn ask(&self) -> Done {
        let asked = self.asked.get();
        self.asked.set(asked.wrapping_add(1));
        if asked.is_multiple_of(SERIES_BETWEEN_STOPS) && self.query.stop.stop() {
            Err(EvalFault::Stopped)
        } else {
            Ok(())
        }
    }

    /// Counts samples that the store gave; they are held while their series is worked on.
    pub(crate) fn count_read(&self, samples: usize) -> Done {
        self.samples_read.set(self.samples_read.get() + u64::try_from(samples).unwrap_or(u64::MAX));
        self.check_held(self.samples_held.get().saturating_add(samples))
    }

    /// Counts samples that are kept for a while.
    pub(crate) fn hold(&self, samples: usize) -> Done {
        let held = self.samples_held.get().saturating_add(samples);
        self.samples_held.set(held);
        self.check_held(held)
    }

    /// What was held is gone.
    pub(crate) fn release(&self, samples: usize) {
        self.samples_held.set(self.samples_held.get().saturating_sub(samples));
    }

    fn check_held(&self, held: usize) -> Done {
        self.samples_peak.set(self.samples_peak.get().max(held));
        if held > self.query.limits.samples_max { Err(EvalFault::TooManySamples) } else { Ok(()) }
    }

    /// Whether names are dropped at the end only.
    pub(crate) const fn delayed(&self) -> bool {
        self.query.limits.delayed_names
    }

    /// Remarks on an expression, and a series when one is meant.
    pub(crate) fn remark(&self, place: &Expr, labels: Option<&Labels>, note: Note) {
        let mut notes = self.notes.borrow_mut();
        notes.enter(place.range.start, labels.map(|labels| &labels.set));
        notes.add(note);
    }

    /// Works with the remarks, about an expression and a series.
    pub(crate) fn with_notes<T>(&self, place: &Expr, labels: Option<&Labels>, work: impl FnOnce(&mut Notes) -> T) -> T {
        let mut notes = self.notes.borrow_mut();
        notes.enter(place.range.start, labels.map(|labels| &labels.set));
        work(&mut notes)
    }
}

/// The one value of a row at so many instants.
fn widened(row: &Row, count: usize) -> Row {
    let value = row.values.first().copied().unwrap_or(crate::row::ABSENT);
    let histograms = row.histogram(0).map_or_else(Vec::new, |histogram| vec![Some(histogram.clone()); count]);
    Row { values: vec![value; count], histograms }
}

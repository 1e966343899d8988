//! Instant selectors: the sample that counts at each instant, one pass over each series.

use std::ops::Range;
use std::sync::Arc;

use evenkeel_labels::{LabelSet, Matcher};
use evenkeel_metric::{Column, Selected, is_stale};
use evenkeel_promql::{Extension, Selector};

use crate::EvalFault;
use crate::cursor::Cursor;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::row::Row;
use crate::sink::{Done, Sink};
use crate::timing::{Moment, in_seconds};

/// What is given of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Give {
    /// Its value.
    Values,
    /// Its instant, in seconds: for `timestamp`.
    Times,
}

/// Streams the series that a selector finds.
pub(crate) fn stream(ev: &Evaluator<'_>, selector: &Selector, grid: Grid, give: Give, sink: &mut dyn Sink) -> Done {
    let look = Look::of(ev, selector, grid, give)?;
    if let Some((selected, places)) = ev.given() {
        return look.stream(ev, selected, places, &|_, _| Ok(()), sink);
    }
    let (after, until) = look.span();
    let selected = ev.select(selector, after, until)?;
    look.stream(ev, &*selected, 0..selected.labels().len(), &|_, _| Ok(()), sink)
}

/// Streams the series that fit conditions, as they are seen from the instants themselves; each is checked first.
pub(crate) fn stream_by(
    ev: &Evaluator<'_>,
    matchers: Vec<Matcher>,
    grid: Grid,
    give: Give,
    check: &dyn Fn(&LabelSet, &Column) -> Done,
    sink: &mut dyn Sink,
) -> Done {
    let look = Look { seen: grid, lookback: ev.query.limits.lookback.0, give, smoothed: false, repeated: 1 };
    let (after, until) = look.span();
    let selected = ev.select_by(matchers, after, until)?;
    look.stream(ev, &*selected, 0..selected.labels().len(), check, sink)
}

/// How samples are looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    seen: Grid,
    lookback: i64,
    give: Give,
    smoothed: bool,
    /// At how many instants the same is seen.
    repeated: usize,
}

impl Look {
    /// What a selector says.
    pub(crate) fn of(ev: &Evaluator<'_>, selector: &Selector, grid: Grid, give: Give) -> Result<Self, EvalFault> {
        let moment = ev.moment(&selector.timing)?;
        Ok(Self {
            seen: moment.grid(grid),
            lookback: ev.query.limits.lookback.0,
            give,
            smoothed: selector.timing.extension == Some(Extension::Smoothed),
            repeated: if matches!(moment, Moment::Fixed(_)) { grid.count } else { 1 },
        })
    }

    /// The time that is read: later than the first, not later than the second.
    pub(crate) fn span(&self) -> (i64, i64) {
        let behind = if self.smoothed { self.lookback } else { 0 };
        (self.seen.start.saturating_sub(self.lookback), self.seen.last().saturating_add(behind))
    }

    fn stream(
        self,
        ev: &Evaluator<'_>,
        selected: &dyn Selected,
        places: Range<usize>,
        check: &dyn Fn(&LabelSet, &Column) -> Done,
        sink: &mut dyn Sink,
    ) -> Done {
        let (mut column, mut row) = (Column::default(), Row::default());
        let labels = selected.labels().iter().enumerate();
        for (place, set) in labels.skip(places.start).take(places.len()) {
            ev.ask()?;
            column.clear();
            selected.read(place, &mut column)?;
            ev.count_read(column.len())?;
            if column.is_empty() {
                continue;
            }
            check(set, &column)?;
            ev.resolve_hints(&mut column);
            row.reset(self.seen.count);
            if self.smoothed {
                smooth(&column, self.seen, self.lookback, &mut row)?;
            } else if column.histograms.is_empty() {
                latest_numbers(&column, self.seen, self.lookback, self.give, &mut row);
            } else {
                latest(&column, self.seen, self.lookback, self.give, &mut row);
            }
            if row.is_empty() {
                continue;
            }
            if self.repeated > 1 {
                repeat(&mut row, self.repeated);
            }
            sink.row(&Labels::new(set.clone(), ev.delayed()), &mut row)?;
        }
        Ok(())
    }
}

/// The one value of a row at so many instants.
pub(crate) fn repeat(row: &mut Row, count: usize) {
    let value = row.values.first().copied().unwrap_or(crate::row::ABSENT);
    row.values.clear();
    row.values.resize(count, value);
    if let Some(histogram) = row.histograms.first().cloned() {
        row.histograms.clear();
        row.histograms.resize(count, histogram);
    }
}

fn latest_numbers(column: &Column, seen: Grid, lookback: i64, give: Give, row: &mut Row) {
    let mut cursor = Cursor::default();
    for (slot, instant) in row.values.iter_mut().zip(seen.times()) {
        let found = cursor.advance_in(&column.times, instant);
        let Some(last) = found.checked_sub(1) else { continue };
        if let (Some(time), Some(value)) = (column.times.get(last), column.values.get(last))
            && *time > instant.saturating_sub(lookback)
            && !is_stale(*value)
        {
            *slot = if give == Give::Values { *value } else { in_seconds(*time) };
        }
    }
}

fn latest(column: &Column, seen: Grid, lookback: i64, give: Give, row: &mut Row) {
    let (mut numbers, mut histograms) = (Cursor::default(), Cursor::default());
    let time_of = |index: usize| column.histograms.get(index).map_or(i64::MAX, |(time, _)| *time);
    for (index, instant) in seen.times().enumerate() {
        let after = instant.saturating_sub(lookback);
        let number = numbers.advance_in(&column.times, instant).checked_sub(1);
        let number = number.and_then(|last| Some((*column.times.get(last)?, *column.values.get(last)?)));
        let histogram = histograms.advance(column.histograms.len(), time_of, instant).checked_sub(1);
        let histogram = histogram.and_then(|last| column.histograms.get(last));
        match (number, histogram) {
            (number, Some((time, histogram)))
                if *time > after && number.is_none_or(|(number_time, _)| number_time < *time) =>
            {
                match give {
                    _ if is_stale(histogram.sum) => {}
                    Give::Values => row.set_histogram(index, Arc::clone(histogram)),
                    Give::Times => row.set(index, in_seconds(*time)),
                }
            }
            (Some((time, value)), _) if time > after && !is_stale(value) => {
                row.set(index, if give == Give::Values { value } else { in_seconds(time) });
            }
            _ => {}
        }
    }
}

/// Values on the line between the samples before and after.
fn smooth(column: &Column, seen: Grid, lookback: i64, row: &mut Row) -> Done {
    if !column.histograms.is_empty() {
        let message = "smoothed and anchored modifiers do not work with native histograms";
        return Err(EvalFault::Execution(message.to_owned()));
    }
    let samples: Vec<(i64, f64)> = column
        .times
        .iter()
        .copied()
        .zip(column.values.iter().copied())
        .filter(|(_, value)| !is_stale(*value))
        .collect();
    let mut cursor = Cursor::default();
    for (slot, instant) in row.values.iter_mut().zip(seen.times()) {
        let time_of = |index: usize| samples.get(index).map_or(i64::MAX, |(time, _)| *time);
        let place = cursor.advance(samples.len(), time_of, instant);
        let before = place.checked_sub(1).and_then(|last| samples.get(last));
        let before = before.filter(|(time, _)| *time > instant.saturating_sub(lookback));
        let after = samples.get(place).filter(|(time, _)| *time <= instant.saturating_add(lookback));
        *slot = match (before, after) {
            (Some((time, value)), _) if *time == instant => *value,
            (Some((t1, v1)), Some((t2, v2))) => v1 + (v2 - v1) * in_seconds(instant - t1) / in_seconds(t2 - t1),
            (Some((_, value)), None) => *value,
            (None, _) => continue,
        };
    }
    Ok(())
}

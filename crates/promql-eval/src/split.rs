//! One expression worked on in parts, side by side: each part has some of the series of its only selector.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use evenkeel_metric::Selected;
use evenkeel_promql::{Expr, ExprKind};

use crate::collect::Kept;
use crate::evaluator::Evaluator;
use crate::grid::Grid;
use crate::labels::Labels;
use crate::notes::Notes;
use crate::range::Cut;
use crate::row::Row;
use crate::selector::{Give, Look};
use crate::sink::Done;
use crate::{Alone, EvalFault, shape};

/// Fewer series are not worth it.
const SERIES_MIN: usize = 128;

/// Streams the rows of an expression into states: one for each part, in the order of the series.
pub(crate) fn parts<S: Send>(
    ev: &Evaluator<'_>,
    expr: &Expr,
    grid: Grid,
    start: &(impl Fn() -> S + Sync),
    feed: &(impl Fn(&Evaluator<'_>, &mut S, &Labels, &mut Row) -> Done + Sync),
) -> Result<Vec<S>, EvalFault> {
    let work = |ev: &Evaluator<'_>| {
        let mut state = start();
        ev.stream(expr, grid, &mut |labels: &Labels, row: &mut Row| feed(ev, &mut state, labels, row))?;
        Ok(state)
    };
    let Some(selected) = select(ev, expr, grid)? else { return Ok(vec![work(ev)?]) };
    let selected = &*selected;
    let count = if selected.labels().len() < SERIES_MIN { 1 } else { ev.workers.count().max(1) };
    let (query, source, held, hints) = (ev.query, ev.source, ev.held(), ev.hints());
    let slots: Vec<Slot<S>> = (0..count).map(|_| Mutex::default()).collect();
    let run = |part: usize| {
        let places = share(selected.labels().len(), part, count);
        let worker = Evaluator::new(query, source, &Alone).of_part(selected, places, held, hints);
        let result = work(&worker);
        let costs = worker.costs();
        if let Some(slot) = slots.get(part) {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some((result, worker.into_notes(), costs));
        }
    };
    if count == 1 {
        run(0)
    } else {
        ev.workers.run(count, &run)
    }
    let mut states = Vec::with_capacity(count);
    for slot in slots {
        let Some((result, notes, costs)) = slot.into_inner().unwrap_or_else(PoisonError::into_inner) else {
            return Err(EvalFault::Execution("a part of the evaluation was not worked on".to_owned()));
        };
        ev.absorb(notes, costs);
        states.push(result?);
    }
    Ok(states)
}

/// What comes of a part: its state, its remarks, its costs.
type Slot<S> = Mutex<Option<(Result<S, EvalFault>, Notes, (u64, u64))>>;

/// The rows of an expression, in their order; each may be changed first.
pub(crate) fn rows<'e, 'q>(
    ev: &'e Evaluator<'q>,
    expr: &Expr,
    grid: Grid,
    change: &(dyn Fn(&Evaluator<'_>, &mut Row) + Sync),
) -> Result<Kept<'e, 'q>, EvalFault> {
    let held = ev.held();
    let parts = parts(ev, expr, grid, &Vec::new, &|ev, rows: &mut Vec<(Labels, Row)>, labels, row| {
        change(ev, row);
        ev.hold(row.len())?;
        rows.push((labels.clone(), std::mem::take(row)));
        Ok(())
    })?;
    let mut parts = parts.into_iter();
    let mut all = parts.next().unwrap_or_default();
    parts.for_each(|part| all.extend(part));
    Kept::of(ev, all, ev.held().saturating_sub(held))
}

/// The series of the only selector, when the expression can be worked on in parts and there is somebody to do it.
fn select<'e>(ev: &'e Evaluator<'_>, expr: &Expr, grid: Grid) -> Result<Option<Box<dyn Selected + 'e>>, EvalFault> {
    if ev.workers.count() < 2 || ev.given().is_some() {
        return Ok(None);
    }
    let Some(leaf) = shape::seriesable(expr, ev.delayed()) else { return Ok(None) };
    let (selector, (after, until)) = match &leaf.kind {
        ExprKind::Selector(selector) => (selector, Look::of(ev, selector, grid, Give::Values)?.span()),
        ExprKind::Range { selector, window } => (selector, Cut::of(ev, selector, window, grid)?.span()),
        _ => return Ok(None),
    };
    ev.select(selector, after, until).map(Some)
}

/// The part of `count` things that falls to one of several.
fn share(count: usize, part: usize, parts: usize) -> Range<usize> {
    let begin = |part: usize| count / parts * part + (count % parts).min(part);
    begin(part)..begin(part + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_all_of_it_and_alike() {
        for (count, parts) in [(10, 3), (0, 2), (7, 7), (128, 2), (129, 2)] {
            let shares: Vec<Range<usize>> = (0..parts).map(|part| share(count, part, parts)).collect();
            assert_eq!(shares.iter().map(Range::len).sum::<usize>(), count);
            assert!(shares.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].len() - pair[1].len() <= 1));
        }
    }
}

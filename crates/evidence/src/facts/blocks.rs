//! The blocks of practices are asked, several at the same time.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use evenkeel_evidence_sql::{Render, Rendered};
use evenkeel_ids::Seq;
use evenkeel_lens::{Ask, BlockRow, Blocks, Job, Judged, one_by_one};
use evenkeel_time::Timestamp;

use super::{text, whole};
use crate::answer::Limits;
use crate::error::EvidenceError;
use crate::reading::{Beside, Bound, Way};

const LIMITS: Limits = Limits::BLOCK;

impl Blocks for Beside {
    type Error = EvidenceError;

    fn rows(&mut self, ask: &Ask<'_>) -> Result<Vec<BlockRow>, EvidenceError> {
        rows(&mut self.way, self.last, ask)
    }

    fn rows_since(&mut self, ask: &Ask<'_>, begins: &[Timestamp]) -> Result<Vec<BlockRow>, EvidenceError> {
        rows_since(&mut self.way, self.last, ask, begins)
    }
}

/// Does jobs on this thread and on one for each further way, in their order as far as that goes.
pub(super) fn each(
    own: &mut dyn Blocks<Error = EvidenceError>,
    beside: &mut [Beside],
    count: usize,
    job: &Job<'_, EvidenceError>,
) -> Result<Vec<Vec<Judged>>, EvidenceError> {
    let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = |rows: &mut dyn Blocks<Error = EvidenceError>| {
        let mut done = Vec::new();
        while !failed.load(Ordering::Relaxed) {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= count {
                break;
            }
            let judged = job(rows, place);
            failed.fetch_or(judged.is_err(), Ordering::Relaxed);
            done.push((place, judged));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = beside.iter_mut().map(|other| scope.spawn(move || work(other))).collect();
        let mut done = work(own);
        for thread in threads {
            done.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    // What was begun before one that failed is there: so the first that failed is always the same one.
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, judged)| judged).collect()
}

/// What a block returns.
pub(super) fn rows(way: &mut Way, last: u64, ask: &Ask<'_>) -> Result<Vec<BlockRow>, EvidenceError> {
    let asked = way.text(&ask.block.select, options(last, ask));
    read(way, &asked, ask, &[])
}

/// The same of subjects that begin each at their own: at once where that can be said, else once for each begin.
pub(super) fn rows_since(
    way: &mut Way,
    last: u64,
    ask: &Ask<'_>,
    begins: &[Timestamp],
) -> Result<Vec<BlockRow>, EvidenceError> {
    // An index finds those that begin at one instant.
    if let Some(from) = begins.first().filter(|first| begins.iter().all(|begin| begin == *first)) {
        return rows(way, last, &Ask { from: *from, ..*ask });
    }
    match way.text_since(&ask.block.select, options(last, ask)) {
        Some(asked) => read(way, &asked, ask, begins),
        None => one_by_one(ask, begins, |ask| rows(way, last, ask)),
    }
}

fn options(last: u64, ask: &Ask<'_>) -> Render {
    Render {
        observed_only: ask.observed_only,
        subjects: ask.subjects.is_some(),
        rows: Some(LIMITS.rows.saturating_add(1)),
        latest: ask.seq.0 == last,
    }
}

fn read(way: &mut Way, asked: &Rendered, ask: &Ask<'_>, begins: &[Timestamp]) -> Result<Vec<BlockRow>, EvidenceError> {
    let params = [("from", ask.from.0), ("to", ask.to.0)];
    let seq = i64::try_from(ask.seq.0).unwrap_or(i64::MAX);
    let bound = Bound { seq, params: &params, subjects: ask.subjects.unwrap_or_default(), begins };
    let mut rows: Vec<BlockRow> = Vec::new();
    way.asker.ask(asked, &bound, LIMITS, &mut |row| {
        let [subject, good, total, last_at, refs] = row.as_slice() else { return };
        let Some(subject) = text(subject) else { return };
        rows.push(BlockRow {
            subject: subject.into(),
            good: whole(good).unwrap_or(0),
            total: whole(total).unwrap_or(0),
            last_at: whole(last_at).map(Timestamp),
            refs: text(refs).into_iter().flat_map(numbers).collect(),
        });
    })?;
    let most = usize::try_from(LIMITS.rows).unwrap_or(usize::MAX);
    if rows.len() > most {
        return Err(EvidenceError::TooMuch { limit: most, what: "rows" });
    }
    // Mostly they are sorted already, as groups come.
    rows.sort_by(|a, b| a.subject.cmp(&b.subject));
    match rows.array_windows().find(|[one, next]| one.subject == next.subject) {
        Some([one, _]) => Err(EvidenceError::SeveralRows { subject: one.subject.to_string() }),
        None => Ok(rows),
    }
}

fn numbers(refs: &str) -> impl Iterator<Item = Seq> {
    refs.split(',').filter_map(|number| number.parse().ok()).map(Seq)
}

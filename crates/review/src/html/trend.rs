//! How the verdicts moved from milestone to milestone.

use evenkeel_lens::Counts;
use evenkeel_time::Timestamp;

use super::bar::Bar;
use crate::Report;
use crate::date::day;
use crate::mark::Mark;
use crate::number::grouped;
use crate::printable::line;

/// The verdicts that have a column of their own.
const COLUMNS: [Mark; 7] =
    [Mark::Practised, Mark::Reported, Mark::Attested, Mark::Declared, Mark::Unknown, Mark::Stale, Mark::Contradicted];
/// Of more milestones the latest are shown.
const LINES_MAX: usize = 12;

/// The table.
pub(super) struct Trend {
    pub(super) columns: Vec<(&'static str, &'static str)>,
    pub(super) lines: Vec<Line>,
    /// How many milestones before are left out; may be empty.
    pub(super) more: String,
}

/// One milestone.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) now: bool,
    pub(super) day: String,
    pub(super) bar: Bar,
    pub(super) numbers: Vec<Number>,
}

/// One number, and how far it is from the one before.
pub(super) struct Number {
    pub(super) count: String,
    pub(super) moved: String,
}

impl Trend {
    /// Nothing where there is no milestone.
    pub(super) fn of(report: &Report<'_>) -> Option<Self> {
        let known = report.milestones;
        let skipped = known.len().saturating_sub(LINES_MAX);
        let shown = known.get(skipped..).unwrap_or_default();
        let before = shown.iter().map(|one| (line(&one.name), false, one.to, &one.counts));
        let now = ("now".to_owned(), true, report.review.at.to, &report.review.counts);
        let mut last: Option<Counts> = None;
        let lines =
            before.chain([now]).map(|(name, now, to, counts)| drawn(name, now, to, counts, last.replace(*counts)));
        let lines: Vec<Line> = lines.collect();
        let columns = COLUMNS.map(|mark| (mark.slug(), mark.word())).to_vec();
        let more = if skipped == 0 {
            String::new()
        } else {
            format!("{} before these are left out", crate::number::size(skipped))
        };
        (!known.is_empty()).then_some(Self { columns, lines, more })
    }
}

fn drawn(name: String, now: bool, to: Timestamp, counts: &Counts, before: Option<Counts>) -> Line {
    let number = |mark: Mark| {
        let count = mark.count(counts);
        let moved = before.map_or_else(String::new, |before| moved(mark.count(&before), count));
        Number { count: grouped(count), moved }
    };
    Line { name, now, day: day(to), bar: Bar::of(counts), numbers: COLUMNS.map(number).into() }
}

fn moved(before: u64, now: u64) -> String {
    match now.checked_sub(before) {
        Some(0) => String::new(),
        Some(more) => format!("+{}", grouped(more)),
        None => format!("\u{2212}{}", grouped(before.saturating_sub(now))),
    }
}

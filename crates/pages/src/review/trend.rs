//! How the verdicts moved from milestone to milestone.

use evenkeel_lens::Counts;
use evenkeel_review::{Mark, Report, day, grouped};
use evenkeel_time::Timestamp;

use super::words::{Bar, Verdict, shown};

/// The verdicts that have a column of their own.
const COLUMNS: [Mark; 5] = [Mark::Practised, Mark::Declared, Mark::Unknown, Mark::Stale, Mark::Contradicted];
/// Of more milestones the latest are shown.
const LINES_MAX: usize = 10;

/// The table.
#[derive(Debug)]
pub(super) struct Trend {
    pub(super) columns: Vec<Verdict>,
    pub(super) lines: Vec<Line>,
    /// How many before these are left out.
    pub(super) more: usize,
}

/// One milestone, or now.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) day: String,
    pub(super) bar: Bar,
    pub(super) numbers: Vec<Number>,
}

/// One number, and how far it is from the one before.
#[derive(Debug)]
pub(super) struct Number {
    pub(super) word: &'static str,
    pub(super) count: String,
    pub(super) moved: String,
}

impl Trend {
    /// Nothing where there is no milestone.
    pub(super) fn of(report: &Report<'_>) -> Option<Self> {
        let more = report.milestones.len().saturating_sub(LINES_MAX);
        let known = report.milestones.get(more..).unwrap_or_default();
        let before = known.iter().map(|one| (shown(&one.name), one.to, &one.counts));
        let now = ("now".to_owned(), report.review.at.to, &report.review.counts);
        let mut last: Option<Counts> = None;
        let lines = before.chain([now]).map(|(name, to, counts)| drawn(name, to, counts, last.replace(*counts)));
        let lines = lines.collect();
        (!known.is_empty()).then(|| Self { columns: COLUMNS.map(Verdict::of).into(), lines, more })
    }
}

fn drawn(name: String, to: Timestamp, counts: &Counts, before: Option<Counts>) -> Line {
    let number = |mark: Mark| {
        let count = mark.count(counts);
        let moved = before.map_or_else(String::new, |before| moved(mark.count(&before), count));
        Number { word: mark.word(), count: grouped(count), moved }
    };
    Line { name, day: day(to), bar: Bar::of(counts), numbers: COLUMNS.map(number).into() }
}

fn moved(before: u64, now: u64) -> String {
    match now.checked_sub(before) {
        Some(0) => String::new(),
        Some(more) => format!("+{}", grouped(more)),
        None => format!("\u{2212}{}", grouped(before.saturating_sub(now))),
    }
}

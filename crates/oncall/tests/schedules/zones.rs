//! The zones that are tried, and when their clocks change.

use evenkeel_time::{Duration, Timestamp, Zone};

/// Of an hour, half an hour, two hours, at midnight, by day, for a month of fasting, or never.
pub(crate) const ZONES: [&str; 10] = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Santiago",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Antarctica/Troll",
    "UTC",
];

/// First and last.
pub(crate) const YEARS: (i16, i16) = (2024, 2027);

pub(crate) struct Clock {
    pub(crate) zone: Zone,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    /// To the hour.
    pub(crate) changes: Vec<Timestamp>,
    /// Each with the minutes that the clock is ahead of UTC from then on, the first at the beginning.
    pub(crate) offsets: Vec<(i64, i64)>,
}

impl Clock {
    pub(crate) fn of(name: &str) -> Self {
        let zone = Zone::named(name).expect("bundled");
        let new_year = |year| Zone::UTC.instant(evenkeel_time::Civil { year, month: 1, day: 1, minute: 0 });
        let (from, until) = (new_year(YEARS.0), new_year(YEARS.1 + 1));
        let mut offsets: Vec<(i64, i64)> = Vec::new();
        for at in (from.0..until.0).step_by(3_600_000) {
            let offset = zone.civil(Timestamp(at)).minute_number() - at / 60_000;
            if offsets.last().is_none_or(|last| last.1 != offset) {
                offsets.push((at, offset));
            }
        }
        let changes = offsets.iter().skip(1).map(|change| Timestamp(change.0)).collect();
        Self { zone, from, until, changes, offsets }
    }

    /// The same up to where another's clock differs for the first time, and when that is.
    pub(crate) fn cut_where_it_differs(mut self, known: &[(i64, i64)]) -> (Self, Option<Timestamp>) {
        let same = self.offsets.iter().zip(known).take_while(|(ours, theirs)| ours == theirs).count();
        let differing = [self.offsets.get(same), known.get(same)].into_iter().flatten().min();
        let differing = differing.map(|change| Timestamp(change.0));
        self.until = differing.unwrap_or(self.until);
        self.changes.retain(|at| *at < self.until);
        (self, differing)
    }

    /// Whether all that a case in the middle of which that is may touch lies within.
    pub(crate) fn reaches(&self, middle: Timestamp) -> bool {
        let room = Duration::hours(20 * 24);
        self.from + room <= middle && middle < self.until - room
    }
}

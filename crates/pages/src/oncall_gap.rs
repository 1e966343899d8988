//! When nobody will be on call.

use evenkeel_model::Schedule;
use evenkeel_oncall::gaps;
use evenkeel_time::{Duration, Timestamp};

use crate::alerts_text::clipped;
use crate::alerts_window::many;
use crate::clock::long;
use crate::{Asked, Frame, Moment};

/// So far is looked ahead. Units: days.
pub(crate) const DAYS: i64 = 30;

/// One time without anybody.
#[derive(Debug)]
pub(crate) struct Gap {
    pub(crate) from: Moment,
    pub(crate) until: Moment,
    pub(crate) lasts: String,
    /// Whether it is now.
    pub(crate) now: bool,
}

/// The gaps of one schedule.
#[derive(Debug)]
pub(crate) struct Gaps {
    pub(crate) schedule: String,
    /// As it stands in an address.
    pub(crate) path: String,
    /// `3 gaps, 24 h in all`
    pub(crate) count: String,
    /// The first of them.
    pub(crate) first: Vec<Gap>,
    pub(crate) more: usize,
}

/// The gaps of a schedule from now on, the first so many shown; `None`: there is none.
pub(crate) fn ahead(asked: &Asked<'_>, frame: &Frame, schedule: &Schedule, shown_max: usize) -> Option<Gaps> {
    let until = asked.now + Duration::hours(24 * DAYS);
    let found = gaps(schedule, &asked.engine.state().oncall, asked.now, until);
    if found.is_empty() {
        return None;
    }
    let all = found.iter().fold(Duration::ZERO, |sum, (from, until)| sum + (*until - *from));
    let gap = |(from, until): &(Timestamp, Timestamp)| Gap {
        from: frame.moment(*from),
        until: frame.moment(*until),
        lasts: long((*until - *from).0),
        now: *from <= asked.now,
    };
    Some(Gaps {
        schedule: clipped(&schedule.name, 120),
        path: crate::link::encoded(&schedule.name),
        count: format!("{}, {} in all", many(found.len(), "gap"), long(all.0)),
        more: found.len().saturating_sub(shown_max),
        first: found.iter().take(shown_max).map(gap).collect(),
    })
}

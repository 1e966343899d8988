//! How far a zone's wall clock is from UTC, and when that changes.
//!
//! The years that people ask about are kept as a table, made at the first question; instants outside are looked up in
//! the zone data each time.

use jiff::tz::TimeZone;

/// The table begins here. 2000-01-01T00:00:00Z.
const TABLE_FROM: i64 = 946_684_800_000;
/// Here the table ends, not included. 2060-01-01T00:00:00Z.
const TABLE_UNTIL: i64 = 2_840_140_800_000;

/// A time without a change of the clocks. Units: milliseconds. The one before or after it may have the same offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: i64,
    /// Not included.
    pub(crate) until: i64,
    /// Wall clock minus UTC.
    pub(crate) offset: i64,
}

/// The periods from [`TABLE_FROM`] to [`TABLE_UNTIL`].
#[derive(Debug)]
pub(crate) struct Offsets {
    /// When each begins, in order; the first at [`TABLE_FROM`].
    starts: Box<[i64]>,
    /// One for each of `starts`.
    offsets: Box<[i64]>,
}

impl Offsets {
    pub(crate) fn of(zone: &TimeZone) -> Self {
        let mut found = vec![(TABLE_FROM, offset_at(zone, TABLE_FROM))];
        for change in zone.following(instant(TABLE_FROM)) {
            let (at, offset) = (change.timestamp().as_millisecond(), millis(change.offset()));
            if at >= TABLE_UNTIL {
                break;
            }
            if found.last().is_some_and(|last| last.1 != offset) {
                found.push((at, offset));
            }
        }
        let (starts, offsets): (Vec<i64>, Vec<i64>) = found.into_iter().unzip();
        Self { starts: starts.into(), offsets: offsets.into() }
    }

    /// The period around an instant, as far as the table goes.
    pub(crate) fn period(&self, at: i64) -> Option<Period> {
        if !(TABLE_FROM..TABLE_UNTIL).contains(&at) {
            return None;
        }
        let next = self.starts.partition_point(|start| *start <= at);
        let index = next.checked_sub(1)?;
        let until = self.starts.get(next).copied().unwrap_or(TABLE_UNTIL);
        Some(Period { from: *self.starts.get(index)?, until, offset: *self.offsets.get(index)? })
    }
}

/// The period around any instant, out of the zone data.
pub(crate) fn looked_up(zone: &TimeZone, at: i64) -> Period {
    let here = instant(at);
    let just_after = instant(here.as_millisecond().saturating_add(1));
    let from = zone.preceding(just_after).next().map_or(i64::MIN, |change| change.timestamp().as_millisecond());
    let until = zone.following(here).next().map_or(i64::MAX, |change| change.timestamp().as_millisecond());
    Period { from, until, offset: offset_at(zone, at) }
}

fn offset_at(zone: &TimeZone, at: i64) -> i64 {
    millis(zone.to_offset(instant(at)))
}

fn millis(offset: jiff::tz::Offset) -> i64 {
    i64::from(offset.seconds()) * 1000
}

/// The nearest instant that the zone data know.
fn instant(at: i64) -> jiff::Timestamp {
    let end = if at < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    jiff::Timestamp::from_millisecond(at).unwrap_or(end)
}

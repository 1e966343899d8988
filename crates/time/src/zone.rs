//! Time zones, from the bundled IANA data only.

use std::fmt;
use std::sync::{Arc, OnceLock};

use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::offsets::{Offsets, Period, looked_up};
use crate::{Civil, Timestamp, WallTime};

const MINUTE: i64 = 60_000;
/// Further than any two wall clocks are apart, in milliseconds.
const REACH: i64 = 52 * 60 * MINUTE;

/// A time zone of the bundled IANA database, or UTC. Cheap to clone.
#[derive(Clone)]
pub struct Zone(Option<Arc<Named>>);

struct Named {
    zone: TimeZone,
    offsets: OnceLock<Offsets>,
}

/// The zone is not in the bundled data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownZone;

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an IANA time zone such as `Europe/Berlin`")
    }
}

impl std::error::Error for UnknownZone {}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(None);

    /// The zone of that IANA name.
    ///
    /// # Errors
    /// [`UnknownZone`] when the bundled data have no such name; `Local` is no zone, since a plan must
    /// mean the same on every machine.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        if name == "UTC" {
            return Ok(Self::UTC);
        }
        let zone = TimeZoneDatabase::bundled().get(name).map_err(|_| UnknownZone)?;
        Ok(Self(Some(Arc::new(Named { zone, offsets: OnceLock::new() }))))
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.as_ref().and_then(|named| named.zone.iana_name()).unwrap_or("UTC")
    }

    /// What the wall clock shows at an instant; the nearest that can be said, beyond the years of [`Civil`].
    #[must_use]
    pub fn civil(&self, at: Timestamp) -> Civil {
        Civil::from_minute_number(self.minute_number(at))
    }

    /// The same in minutes: [`Civil::minute_number`] of what the wall clock shows.
    #[must_use]
    pub fn minute_number(&self, at: Timestamp) -> i64 {
        self.wall(at.0).div_euclid(MINUTE)
    }

    /// The instant at which the wall clock shows that time: the first, where it shows it twice. A time that is left out
    /// when the clocks go forward is counted on from before the change, so it comes later by as much as was left out.
    ///
    /// Source: RFC 5545, section 3.3.5; PEP 495, `fold=0`.
    #[must_use]
    pub fn instant(&self, civil: Civil) -> Timestamp {
        self.instant_of_minute(civil.minute_number())
    }

    /// The same, of a [`Civil::minute_number`].
    #[must_use]
    pub fn instant_of_minute(&self, minute_number: i64) -> Timestamp {
        self.instant_of(minute_number.saturating_mul(MINUTE))
    }

    /// The same, of a time to the second.
    #[must_use]
    pub fn instant_of_wall(&self, wall: WallTime) -> Timestamp {
        self.instant_of(wall.0.saturating_mul(1000))
    }

    /// Units: milliseconds since the wall clock showed 1970-01-01T00:00.
    fn instant_of(&self, wall: i64) -> Timestamp {
        let around = self.period(wall);
        let far = around.from.saturating_add(REACH) <= wall && wall < around.until.saturating_sub(REACH);
        Timestamp(if far { wall.saturating_sub(around.offset) } else { self.near_change(wall) })
    }

    /// Goes from period to period until the wall clock has shown that time, or left it out.
    fn near_change(&self, wall: i64) -> i64 {
        let mut period = self.period(wall.saturating_sub(REACH));
        loop {
            let over = period.until.saturating_add(period.offset);
            let next = self.period(period.until);
            let left_out = wall < period.until.saturating_add(next.offset);
            if wall < over || left_out || period.until == i64::MAX {
                return wall.saturating_sub(period.offset);
            }
            period = next;
        }
    }

    /// What the wall clock shows. Units: milliseconds since it showed 1970-01-01T00:00.
    pub(crate) fn wall(&self, at: i64) -> i64 {
        at.saturating_add(self.period(at).offset)
    }

    /// The time around an instant in which the clocks do not change.
    pub(crate) fn period(&self, at: i64) -> Period {
        let Some(named) = &self.0 else { return Period { from: i64::MIN, until: i64::MAX, offset: 0 } };
        let table = named.offsets.get_or_init(|| Offsets::of(&named.zone));
        table.period(at).unwrap_or_else(|| looked_up(&named.zone, at))
    }
}

/// Zones of one name are one zone.
impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name())
    }
}

#[cfg(test)]
mod tests;

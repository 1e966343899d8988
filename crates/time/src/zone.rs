//! Time zones, from the bundled IANA data only.

use std::fmt;

use crate::Timestamp;

/// A time zone of the bundled IANA database, or UTC.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(jiff::tz::TimeZone);

/// The zone is not in the bundled data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownZone;

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an IANA time zone such as `Europe/Berlin`")
    }
}

impl std::error::Error for UnknownZone {}

/// Where the hands stand in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WallTime {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
    pub(crate) days_in_month: u8,
    /// 0 is Sunday.
    pub(crate) weekday: u8,
    pub(crate) minute_of_day: u16,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(jiff::tz::TimeZone::UTC);

    /// The zone of that IANA name.
    ///
    /// # Errors
    /// [`UnknownZone`] when the bundled data have no such name; `Local` is no zone, since a plan must
    /// mean the same on every machine.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        if name == "UTC" {
            return Ok(Self::UTC);
        }
        jiff::tz::TimeZoneDatabase::bundled().get(name).map(Self).map_err(|_| UnknownZone)
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    pub(crate) fn wall_time(&self, at: Timestamp) -> Option<WallTime> {
        let instant = jiff::Timestamp::from_millisecond(at.0).ok()?;
        let here = instant.to_zoned(self.0.clone());
        Some(WallTime {
            year: i32::from(here.year()),
            month: here.month().unsigned_abs(),
            day: here.day().unsigned_abs(),
            days_in_month: here.days_in_month().unsigned_abs(),
            weekday: here.weekday().to_sunday_zero_offset().unsigned_abs(),
            minute_of_day: u16::from(here.hour().unsigned_abs()) * 60 + u16::from(here.minute().unsigned_abs()),
        })
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name())
    }
}

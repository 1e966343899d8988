//! Instants, durations, zones and their wall clocks, windows that recur.
//!
//! [`Timestamp`] and [`Duration`] are whole milliseconds. Nothing here reads a clock or the machine's
//! zone files: zones come from the data bundled into the program, so the same inputs give the same
//! answers on every machine.

mod civil;
mod duration;
mod interval;
mod offsets;
mod recurrence;
mod timestamp;
mod weekly;
mod zone;

pub use civil::Civil;
pub use duration::{Duration, ParseDurationError};
pub use interval::{DayOfMonthRange, MinuteRange, TimeInterval, YearRange};
pub use recurrence::{Frequency, Occurrences, Recurrence, RecurrenceFault, Until, WallTime};
pub use timestamp::{ParseTimestampError, Timestamp};
pub use weekly::WeeklyWindow;
pub use zone::{UnknownZone, Zone};

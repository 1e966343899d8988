//! How long and how large what is told may be: everything told is kept for ever.

use evenkeel_time::Timestamp;

/// Units: bytes. A key longer than this is no name.
pub const KEY_BYTES_MAX: usize = 200;
/// Units: bytes. Of sources, workloads, teams, people, and of each item of a list.
pub const NAME_BYTES_MAX: usize = 200;
/// Units: characters. Of one text.
pub const TEXT_CHARS_MAX: usize = 1000;
/// So many items may stand in one list.
pub const LIST_ITEMS_MAX: usize = 100;
/// A whole number lies between this and its negative, so that the sum of nine million of them still fits.
pub const WHOLE_MAX: i64 = 1_000_000_000_000;
/// Nothing is told of before 1970.
pub const AT_MIN: Timestamp = Timestamp(0);
/// Nothing is told of after 9999, which is what can be printed.
pub const AT_MAX: Timestamp = Timestamp(253_402_300_799_999);

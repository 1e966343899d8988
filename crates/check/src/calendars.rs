//! Change calendars.

mod duplicate_uid;
mod never_happens;

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[duplicate_uid::check, never_happens::check];

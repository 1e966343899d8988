//! Service level objectives.

mod above_dependency;
mod unknown_reference;

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[above_dependency::check, unknown_reference::check];

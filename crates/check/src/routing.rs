//! The ways alerts take.

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[];

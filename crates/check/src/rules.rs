//! Prometheus rules, and the expressions in them.

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[];

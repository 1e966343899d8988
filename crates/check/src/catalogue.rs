//! Workloads, what they stand on, and who owns what.

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[];

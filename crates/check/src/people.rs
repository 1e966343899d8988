//! Who is on call, and whom escalation reaches.

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[];

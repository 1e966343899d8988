//! Runbooks, playbooks, and links.

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[];

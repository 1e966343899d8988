//! Tests of operations.

mod unknown_name;
mod untested_response_plan;

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[unknown_name::check, untested_response_plan::check];

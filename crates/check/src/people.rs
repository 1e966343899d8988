//! Who is on call, and whom escalation reaches.

mod escalation;
mod idle_override;
mod no_approver;
mod paged;
mod quiet_hours;
mod reach;
mod resolved;
mod stale_override;
mod uncovered_hours;
mod weekdays;

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[
    escalation::escalation,
    idle_override::idle_override,
    no_approver::no_approver,
    quiet_hours::quiet_hours,
    stale_override::stale_override,
    uncovered_hours::uncovered_hours,
];

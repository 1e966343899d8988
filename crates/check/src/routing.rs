//! The ways alerts take.

mod always_muted;
mod idle_inhibition;
mod implication;
mod no_severity_rule;
mod pattern;
mod tree;
mod unknown_alert;
mod unreachable_route;
mod unrouted_alert;

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[
    always_muted::always_muted_route,
    idle_inhibition::idle_inhibition,
    no_severity_rule::no_severity_rule,
    unknown_alert::unknown_alert_in_route,
    unreachable_route::unreachable_route,
    unrouted_alert::unrouted_alert,
];

//! Workloads, what they stand on, and who owns what.

mod circles;
pub(crate) mod dependencies;
mod group_cycle;
mod no_owner;
mod paged;
mod tier_inversion;
mod unknown_entity;
mod unreachable_owner;

use crate::Check;

pub(crate) const CHECKS: &[Check] =
    &[group_cycle::check, no_owner::check, tier_inversion::check, unknown_entity::check, unreachable_owner::check];

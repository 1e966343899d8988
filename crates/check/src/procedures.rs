//! Runbooks, playbooks, and links.

mod addresses;
mod alert_without_procedure;
mod annotation;
mod dead_link;
mod no_owner;
mod orphan_procedure;
mod site;
mod suggestion;
mod target;

use crate::Check;

pub use addresses::addresses;

pub(crate) const CHECKS: &[Check] =
    &[alert_without_procedure::check, dead_link::check, no_owner::check, orphan_procedure::check];

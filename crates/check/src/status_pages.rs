//! Status pages, and planned work that is announced there.

mod no_mail_receiver;
mod past_maintenance;
mod silent_audience;
mod unshown_workload;

use crate::Check;

pub(crate) const CHECKS: &[Check] =
    &[no_mail_receiver::check, past_maintenance::check, silent_audience::check, unshown_workload::check];

//! Views of the overview.

mod empty_view;
mod same_readers;

use crate::Check;

pub(crate) const CHECKS: &[Check] = &[empty_view::check, same_readers::check];

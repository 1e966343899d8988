//! `/api/v1/oncall` and `/api/v1/overrides`: who is on call, when, why they, and who stands in.

mod asked;
mod gaps;
mod load;
mod now;
mod overrides;
mod posted;
mod shifts;

pub(crate) use gaps::gaps;
pub(crate) use load::load;
pub(crate) use now::now;
pub(crate) use overrides::{list as overrides, remove, set};
pub(crate) use shifts::shifts;

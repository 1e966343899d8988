//! `/api/v1/oncall` and `/api/v1/overrides`: who is on call, when, why they, and who stands in.

pub(crate) mod asked;
pub(crate) mod gaps;
pub(crate) mod load;
pub(crate) mod now;
pub(crate) mod overrides;
mod posted;
pub(crate) mod shifts;

pub(crate) use gaps::gaps;
pub(crate) use load::load;
pub(crate) use now::now;
pub(crate) use overrides::{list as overrides, remove, set};
pub(crate) use shifts::shifts;

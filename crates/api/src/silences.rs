//! `/api/v1/silences`: what is not told for a while, and what a silence would catch.

pub(crate) mod list;
mod posted;
pub(crate) mod preview;
pub(crate) mod setting;
mod shown;

pub(crate) use list::{list, show};
pub(crate) use preview::preview;
pub(crate) use setting::{end, set};

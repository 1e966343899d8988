//! Planted lies: repos that declare and do nothing, facts that are made up, and what an honest year looks like.

pub(crate) mod busy;
mod declares;
mod everything;
mod sparse;
mod told;

//! How samples lie in bytes.

pub(crate) mod bits;
pub(crate) mod bytes;
pub(crate) mod chunk;
pub(crate) mod decimal;
pub(crate) mod groups;
pub(crate) mod histograms;
pub(crate) mod open;
pub(crate) mod times;
pub(crate) mod values;

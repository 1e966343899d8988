//! Each file answers the paths of one kind.

pub(crate) mod exemplars;
pub(crate) mod format;
pub(crate) mod labels;
pub(crate) mod metadata;
pub(crate) mod parse;
pub(crate) mod query;
pub(crate) mod rules;
pub(crate) mod series;
pub(crate) mod status;

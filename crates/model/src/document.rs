//! Documents as parsed: spanned, unresolved.

/// Everything the ops repo says, before names are looked up and defaults are filled in.
#[derive(Debug, Clone, Default)]
pub struct Documents {}

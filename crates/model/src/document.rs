//! Documents as parsed: spanned, unresolved.

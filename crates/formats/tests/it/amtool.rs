//! Against amtool.

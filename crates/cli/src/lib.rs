//! The terminal face: the command line, how diagnostics look, and what exit codes mean.

pub mod args;
pub mod exit;
pub mod render;

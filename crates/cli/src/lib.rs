//! The terminal face: the command line, how things look, and what exit codes mean.

pub mod alert;
pub mod args;
pub mod client;
pub mod exit;
pub mod incident;
pub mod oncall;
pub mod problem;
pub mod silence;
pub mod token;

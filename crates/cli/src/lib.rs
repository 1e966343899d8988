//! The terminal face: the command line, how things look, and what exit codes mean.

pub mod alert;
pub mod args;
pub mod attest;
pub mod bench;
pub mod check;
pub mod client;
pub mod exit;
pub mod explain;
pub mod incident;
pub mod live;
pub mod oncall;
pub mod place;
pub mod problem;
pub mod query;
pub mod record;
pub mod review;
pub mod schema;
pub mod silence;
pub mod slo;
pub mod status;
pub mod test;
pub mod token;

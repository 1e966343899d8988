//! The verbs, one file each.

pub(crate) mod backup;
pub(crate) mod bench;
pub(crate) mod check;
pub(crate) mod client;
pub(crate) mod demo;
pub(crate) mod demo_service;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod journal;
pub(crate) mod oncall;
pub(crate) mod query;
pub(crate) mod record;
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod slo;
pub(crate) mod status;
pub(crate) mod test;

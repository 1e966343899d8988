//! Foreign descriptions of who is told and paged → documents of ours, as text. No files, no clock.
//!
//! [`from_alertmanager`] takes a configuration of Alertmanager's, [`from_incident_manager`] what AWS Incident Manager's
//! API gives. Both read leniently and go on past what they cannot carry over: that is a finding with its place in the
//! foreign text, and a comment beside what was made of it. An error means that what would come out cannot be relied on,
//! so nothing comes out.
//!
//! What comes out resolves: the tests load every example with `ops-source`.

pub mod codes;

mod alertmanager;
mod document;
mod emit;
mod import;
mod incident_manager;
mod json;
mod names;
mod object;
mod report;

pub use alertmanager::from_alertmanager;
pub use import::{Import, ImportedFile};
pub use incident_manager::from_incident_manager;

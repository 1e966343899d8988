//! Foreign descriptions of who is told and paged → documents of ours, as text. No files, no clock.
//!
//! [`from_alertmanager`] takes a configuration of Alertmanager's, [`from_incident_manager`] what AWS Incident Manager's
//! API gives. Both read leniently and go on past what they cannot carry over: that is a finding with its place in the
//! foreign text, and a comment beside what was made of it. An error means that what would come out cannot be relied on,
//! so nothing comes out.
//!
//! [`starter`] makes an ops repo of answers alone, which an [`Interview`] gathers; [`from_alertmanager_for`] joins the two.
//! [`allowances`] and [`routing_tests`] write down what was found of it, and what it does.
//!
//! What comes out resolves: the tests load every example with `ops-source`.

pub mod codes;

mod alertmanager;
mod answers;
mod continuous;
mod debts;
mod document;
mod emit;
mod import;
mod incident_manager;
mod interview;
mod json;
mod names;
mod object;
mod prometheus;
mod proposed;
mod report;
mod starter;

pub use alertmanager::{from_alertmanager, from_alertmanager_for, mail_goes_out};
pub use answers::{Answers, Contact};
pub use continuous::github_workflow;
pub use debts::{Debt, accepted_until, allowances};
pub use import::{Import, ImportedFile};
pub use incident_manager::from_incident_manager;
pub use interview::{Field, Guess, Interview, Question};
pub use prometheus::{PrometheusConfig, prometheus_config};
pub use proposed::{ProposedCase, routing_tests};
pub use starter::{Kept, starter};

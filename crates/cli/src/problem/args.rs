//! The arguments of `evenkeel problem …`.

use clap::{Args, Subcommand};
use evenkeel_ids::{IncidentId, ProblemId};

use crate::client::{Remote, incident_id, problem_id};

/// `evenkeel problem …`
#[derive(Debug, Args)]
pub struct ProblemArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: ProblemVerb,
    /// Which server.
    #[command(flatten)]
    pub remote: Remote,
}

/// What to do with problems.
#[derive(Debug, Subcommand)]
pub enum ProblemVerb {
    /// List problems
    List(List),
    /// Say that incidents have one cause that is not removed
    Open(Open),
    /// Say that one more incident has the same cause
    Link(Link),
    /// Say that the cause is removed
    Resolve(Resolve),
}

/// `evenkeel problem list`
#[derive(Debug, Args)]
pub struct List {
    /// Those that are resolved, too
    #[arg(long)]
    pub all: bool,
}

/// `evenkeel problem open`
#[derive(Debug, Args)]
pub struct Open {
    /// Incidents that have this cause, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id, required = true)]
    pub incidents: Vec<IncidentId>,
    /// What it is called
    #[arg(long, value_name = "TEXT")]
    pub title: String,
}

/// `evenkeel problem link`
#[derive(Debug, Args)]
pub struct Link {
    /// Which, as `9` or `problem:9`
    #[arg(value_name = "PROBLEM", value_parser = problem_id)]
    pub problem: ProblemId,
    /// The incident, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
}

/// `evenkeel problem resolve`
#[derive(Debug, Args)]
pub struct Resolve {
    /// Which, as `9` or `problem:9`
    #[arg(value_name = "PROBLEM", value_parser = problem_id)]
    pub problem: ProblemId,
    /// How the cause was removed
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

//! The arguments of `evenkeel incident …`.

use clap::{Args, Subcommand, ValueEnum};
use evenkeel_ids::{DocumentRef, IncidentId, UpdateId};
use evenkeel_severity::Severity;

use crate::client::{Remote, asked, incident_id, person_name, update_id, workload_name};

/// `evenkeel incident …`
#[derive(Debug, Args)]
pub struct IncidentArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: IncidentVerb,
    /// Which server.
    #[command(flatten)]
    pub remote: Remote,
}

/// What to do with incidents.
#[derive(Debug, Subcommand)]
pub enum IncidentVerb {
    /// List incidents, the worst first; those that are closed only when asked for
    List(List),
    /// Show all that is known of one: who suffers, who was paged and why, what may be done, what happened
    Show(Show),
    /// Open one by hand; it escalates as its response plan says
    Open(Open),
    /// Take one on: escalation stops
    Ack(Ack),
    /// Page the next step of its escalation now, or somebody in particular
    Escalate(Escalate),
    /// Say that it is over
    Resolve(Resolve),
    /// Say that it is bad again
    Reopen(Reason),
    /// Say that nothing more is expected of it
    Close(Reason),
    /// Write something down
    Note(Note),
    /// Give somebody a role in it; giving the responder's hands it over
    Assign(Assign),
    /// Say that it is part of another one, which goes on with its alerts
    Merge(Merge),
    /// Say how bad it is
    Severity(SetSeverity),
    /// Say whether customers notice
    Visibility(SetVisibility),
    /// Let an update go out, as it is or with another text
    Approve(Approve),
    /// Keep an update back for good
    Withdraw(Withdraw),
}

/// `evenkeel incident list`
#[derive(Debug, Args)]
pub struct List {
    /// Only those in these states; `--status open,acknowledged` for several
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATUS")]
    pub status: Vec<Status>,
    /// Only those of this workload
    #[arg(long, value_name = "NAME", value_parser = workload_name)]
    pub workload: Option<String>,
    /// Those that are closed or merged, too
    #[arg(long)]
    pub all: bool,
}

/// States of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Status {
    /// Nobody has it.
    Open,
    /// Somebody has it.
    Acknowledged,
    /// It is over, and opened again when the same happens soon.
    Resolved,
    /// Nothing more is expected of it.
    Closed,
}

/// `evenkeel incident show`
#[derive(Debug, Args)]
pub struct Show {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
}

/// `evenkeel incident open`
#[derive(Debug, Args)]
pub struct Open {
    /// The response plan to go by
    #[arg(value_name = "PLAN")]
    pub response_plan: String,
    /// What it is called
    #[arg(long, value_name = "TEXT")]
    pub title: String,
    /// Why it is opened
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// `evenkeel incident ack`
#[derive(Debug, Args)]
pub struct Ack {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// Who takes it on; not needed where the token is a person's
    #[arg(long, value_name = "NAME", value_parser = person_name)]
    pub person: Option<String>,
}

/// `evenkeel incident escalate`
#[derive(Debug, Args)]
pub struct Escalate {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// Whom to page instead of the next step: `bob`, `schedule:primary`, `team:payments`, `receiver:ops`
    #[arg(long, value_name = "WHOM", value_parser = asked)]
    pub to: Option<DocumentRef>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// `evenkeel incident resolve`
#[derive(Debug, Args)]
pub struct Resolve {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// What was done
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// It only works by a way around, so that a problem stays
    #[arg(long)]
    pub workaround: bool,
}

/// `evenkeel incident reopen` and `evenkeel incident close`
#[derive(Debug, Args)]
pub struct Reason {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `evenkeel incident note`
#[derive(Debug, Args)]
pub struct Note {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// What to write down
    pub text: String,
    /// The next updates to stakeholders and customers may say it
    #[arg(long)]
    pub for_updates: bool,
}

/// `evenkeel incident assign`
#[derive(Debug, Args)]
pub struct Assign {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// Who
    #[arg(value_name = "PERSON", value_parser = person_name)]
    pub person: String,
    /// As what
    #[arg(long, value_enum, default_value_t = Role::Responder)]
    pub role: Role,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// What somebody is in an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Works on it
    Responder,
    /// Decides and coordinates
    Commander,
    /// Speaks to stakeholders and customers
    Communicator,
    /// Writes down what happens
    Scribe,
}

/// `evenkeel incident merge`
#[derive(Debug, Args)]
pub struct Merge {
    /// Which ends, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// Which goes on
    #[arg(long, value_name = "INCIDENT", value_parser = incident_id)]
    pub into: IncidentId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `evenkeel incident severity`
#[derive(Debug, Args)]
pub struct SetSeverity {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// `sev1` (critical) to `sev5` (no impact)
    #[arg(value_name = "SEVERITY")]
    pub severity: Severity,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `evenkeel incident visibility`
#[derive(Debug, Args)]
pub struct SetVisibility {
    /// Which, as `17` or `incident:17`
    #[arg(value_name = "INCIDENT", value_parser = incident_id)]
    pub incident: IncidentId,
    /// Whether customers notice
    #[arg(value_enum)]
    pub visibility: Visibility,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Whether customers notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Visibility {
    /// They do
    Visible,
    /// They do not
    Hidden,
}

/// `evenkeel incident approve`
#[derive(Debug, Args)]
pub struct Approve {
    /// Which update, as `30` or `update:30`
    #[arg(value_name = "UPDATE", value_parser = update_id)]
    pub update: UpdateId,
    /// What it says instead
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
}

/// `evenkeel incident withdraw`
#[derive(Debug, Args)]
pub struct Withdraw {
    /// Which update, as `30` or `update:30`
    #[arg(value_name = "UPDATE", value_parser = update_id)]
    pub update: UpdateId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

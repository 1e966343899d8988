//! The arguments of `evenkeel oncall …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use evenkeel_ids::OverrideId;

use crate::client::{Ending, Remote, When, override_id, person_name, schedule_name};

/// `evenkeel oncall …`
#[derive(Debug, Args)]
pub struct OncallArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: OncallVerb,
    /// Which server.
    #[command(flatten)]
    pub remote: Remote,
}

/// What to ask about who is on call.
#[derive(Debug, Subcommand)]
pub enum OncallVerb {
    /// Who is on call now, since when, until when
    Now(Now),
    /// Who is on call next, and from when
    Next(Now),
    /// Who is on call at some time, and why they
    Who(Who),
    /// Who is on call when, shift by shift
    Shifts(Shifts),
    /// When nobody is on call; exits with 1 when there is such a time
    Gaps(Gaps),
    /// How much each person carries: hours, nights, weekend days, pages
    Load(Load),
    /// Let somebody else be on call for a while
    #[command(subcommand)]
    Override(OverrideVerb),
}

/// What to do with overrides.
#[derive(Debug, Subcommand)]
pub enum OverrideVerb {
    /// Let somebody else be on call for a while
    Set(Set),
    /// List the overrides that were set on the server
    List,
    /// Take an override back
    Remove(Remove),
}

/// `evenkeel oncall now` and `evenkeel oncall next`
#[derive(Debug, Args)]
pub struct Now {
    /// Only this schedule
    #[arg(value_name = "SCHEDULE", value_parser = schedule_name)]
    pub schedule: Option<String>,
    /// Ask an ops repo instead of a server; overrides that were set on a server are not in it
    #[arg(long, value_name = "DIR")]
    pub ops: Option<PathBuf>,
}

/// `evenkeel oncall who`
#[derive(Debug, Args)]
pub struct Who {
    /// Only this schedule
    #[arg(value_name = "SCHEDULE", value_parser = schedule_name)]
    pub schedule: Option<String>,
    /// When: `2026-12-24T09:00` in the zone of `--zone`, RFC 3339, `+3h`, `now`
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    pub at: When,
    /// Ask an ops repo instead of a server; overrides that were set on a server are not in it
    #[arg(long, value_name = "DIR")]
    pub ops: Option<PathBuf>,
}

/// `evenkeel oncall shifts`
#[derive(Debug, Args)]
pub struct Shifts {
    /// Which schedule
    #[arg(value_name = "SCHEDULE", value_parser = schedule_name)]
    pub schedule: String,
    /// From when
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    pub from: When,
    /// Until when, at most 400 days later
    #[arg(long, value_name = "TIME", default_value = "+14d", allow_hyphen_values = true)]
    pub until: When,
    /// Ask an ops repo instead of a server; overrides that were set on a server are not in it
    #[arg(long, value_name = "DIR")]
    pub ops: Option<PathBuf>,
}

/// `evenkeel oncall gaps`
#[derive(Debug, Args)]
pub struct Gaps {
    /// Only this schedule
    #[arg(value_name = "SCHEDULE", value_parser = schedule_name)]
    pub schedule: Option<String>,
    /// So many days from now on
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..=400))]
    pub days: u16,
    /// Ask an ops repo instead of a server; overrides that were set on a server are not in it
    #[arg(long, value_name = "DIR")]
    pub ops: Option<PathBuf>,
}

/// `evenkeel oncall load`
#[derive(Debug, Args)]
pub struct Load {
    /// Only this schedule
    #[arg(value_name = "SCHEDULE", value_parser = schedule_name)]
    pub schedule: Option<String>,
    /// From when
    #[arg(long, value_name = "TIME", default_value = "-28d", allow_hyphen_values = true)]
    pub from: When,
    /// Until when, at most 400 days later
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    pub until: When,
    /// Ask an ops repo instead of a server; it knows nothing of pages
    #[arg(long, value_name = "DIR")]
    pub ops: Option<PathBuf>,
}

/// `evenkeel oncall override set`
#[derive(Debug, Args)]
pub struct Set {
    /// Which schedule
    #[arg(value_name = "SCHEDULE", value_parser = schedule_name)]
    pub schedule: String,
    /// Who is on call
    #[arg(long, value_name = "NAME", value_parser = person_name)]
    pub person: String,
    /// From when
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    pub from: When,
    /// Until when.
    #[command(flatten)]
    pub ending: Ending,
    /// Only in the place of this person, while it would be their turn
    #[arg(long, value_name = "NAME", value_parser = person_name)]
    pub replaces: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

/// `evenkeel oncall override remove`
#[derive(Debug, Args)]
pub struct Remove {
    /// Which, as `9` or `override:9`
    #[arg(value_name = "OVERRIDE", value_parser = override_id)]
    pub id: OverrideId,
}

impl OncallVerb {
    /// The ops repo to ask instead of a server.
    #[must_use]
    pub fn ops(&self) -> Option<&PathBuf> {
        match self {
            Self::Now(args) | Self::Next(args) => args.ops.as_ref(),
            Self::Who(args) => args.ops.as_ref(),
            Self::Shifts(args) => args.ops.as_ref(),
            Self::Gaps(args) => args.ops.as_ref(),
            Self::Load(args) => args.ops.as_ref(),
            Self::Override(_) => None,
        }
    }
}

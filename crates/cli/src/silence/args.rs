//! The arguments of `evenkeel silence …`.

use clap::{Args, Subcommand};
use evenkeel_ids::SilenceId;
use evenkeel_time::Duration;

use crate::client::{Ending, Remote, When, silence_id};

/// `evenkeel silence …`
#[derive(Debug, Args)]
pub struct SilenceArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: SilenceVerb,
    /// Which server.
    #[command(flatten)]
    pub remote: Remote,
}

/// What to do with silences.
#[derive(Debug, Subcommand)]
pub enum SilenceVerb {
    /// List silences that hold or will hold
    List(List),
    /// Silence the alerts that all matchers match, for a while
    Add(Add),
    /// Change a silence
    Update(Update),
    /// End silences now
    Expire(Expire),
}

/// `evenkeel silence list`
#[derive(Debug, Args)]
pub struct List {
    /// Only those with these very matchers
    #[arg(value_name = "MATCHER")]
    pub matchers: Vec<String>,
    /// Those that ended lately, too
    #[arg(long)]
    pub expired: bool,
    /// Only ids, one a line
    #[arg(long, short)]
    pub quiet: bool,
}

/// `evenkeel silence add`
#[derive(Debug, Args)]
pub struct Add {
    /// `alertname=Down`, `instance=~"db.*"`; a bare word at the start is the alert's name
    #[arg(value_name = "MATCHER", required = true)]
    pub matchers: Vec<String>,
    /// Until when.
    #[command(flatten)]
    pub ending: Ending,
    /// From when
    #[arg(long, value_name = "TIME", default_value = "now", allow_hyphen_values = true)]
    pub start: When,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub comment: String,
    /// Who sets it; by default who is logged in on this machine
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
}

/// `evenkeel silence update`
#[derive(Debug, Args)]
pub struct Update {
    /// Which, as `42`, `silence:42`, or the UUID of Alertmanager's tools
    #[arg(value_name = "SILENCE", value_parser = silence_id)]
    pub silence: SilenceId,
    /// For how long, from now on
    #[arg(long = "for", id = "length", value_name = "DURATION", conflicts_with = "until")]
    pub length: Option<Duration>,
    /// Until when
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<When>,
    /// From when
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub start: Option<When>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub comment: Option<String>,
    /// Who answers for it
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
}

/// `evenkeel silence expire`
#[derive(Debug, Args)]
pub struct Expire {
    /// Which, as `42`, `silence:42`, or the UUID of Alertmanager's tools
    #[arg(value_name = "SILENCE", value_parser = silence_id, required = true)]
    pub silences: Vec<SilenceId>,
}
